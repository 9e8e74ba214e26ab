import type { Grant, Right } from "../site-options.ts";

const ALL: readonly Right[] = ["read", "write", "create", "delete", "submit"];

export function full(...roles: string[]): Grant[] {
  return roles.map((role) => ({ role, level: 0, rights: ALL }));
}

export function reading(...roles: string[]): Grant[] {
  return roles.map((role) => ({ role, level: 0, rights: ["read"] }));
}

export function granting(rights: readonly Right[], ...roles: string[]): Grant[] {
  return roles.map((role) => ({ role, level: 0, rights }));
}

/** Rights on the fields of permission level 1. */
export function level1(rights: readonly Right[], ...roles: string[]): Grant[] {
  return roles.map((role) => ({ role, level: 1, rights }));
}
