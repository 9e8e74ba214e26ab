/** The origin of what a user typed or pasted as the address of a site; null where it is none. */
export function siteOrigin(typed: string): string | null {
  const text = typed.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text === "" || !URL.canParse(address)) return null;
  const { protocol, origin, hostname } = new URL(address);
  return (protocol === "https:" || protocol === "http:") && hostname !== "" ? origin : null;
}
