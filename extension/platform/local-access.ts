/**
 * Whether the browser has denied this context the own PC. Chrome 145 and Firefox 153 split the permission and know it as
 * `loopback-network`; a browser that does not know the name does not restrict extensions either.
 */
export async function isLoopbackBlocked(permissions: Permissions): Promise<boolean> {
  try {
    // The DOM library does not list the name yet.
    const name = "loopback-network" as PermissionName;
    return (await permissions.query({ name })).state === "denied";
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
