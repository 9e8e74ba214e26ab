import type { requestErrors as codes } from "../../../errors/request.ts";
import type { ErrorTexts } from "../../shape.ts";

export const requestErrors: ErrorTexts<typeof codes> = {
  "request.host": {
    text: "The request names another host.",
    next: "Use http://127.0.0.1 with the connector's port.",
  },
  "request.navigation": {
    text: "The connector has no pages to open.",
    next: "Use the extension in the HR page.",
  },
  "request.destination": {
    text: "The connector does not serve pictures, scripts or frames.",
    next: "Use the extension in the HR page.",
  },
  "request.upgrade": {
    text: "The connector opens no WebSocket.",
    next: "Use the extension in the HR page.",
  },
  "request.origin": {
    text: "This origin is not paired with the connector.",
    next: "Open Set-up in the extension and pair it.",
  },
  "request.origin-missing": {
    text: "The request does not say where it is from.",
    next: "Use the extension in the HR page.",
  },
  "request.fetch-site": {
    text: "The request is from another site or an outdated browser.",
    next: "Use the extension in an up-to-date browser.",
  },
  "request.content-type": {
    text: "The request's content type is not accepted.",
    next: "Update the extension.",
  },
  "request.malformed": {
    text: "The request is not valid JSON: {problem} (line {line}).",
    next: "Update the extension.",
  },
  "request.too-large": {
    text: "The request is larger than {limit} bytes.",
    next: "Send less at once.",
  },
  "request.headers-too-large": {
    text: "The request's headers are too long.",
    next: "Update the extension.",
  },
  "request.timeout": {
    text: "The request did not arrive in time.",
    next: "Try again.",
  },
  "request.not-http": {
    text: "What arrived is not an HTTP request.",
    next: "Use the extension in the HR page.",
  },
  "request.invalid": {
    text: 'The field "{field}" is not valid: {problem}',
    next: "Correct it and try again.",
  },
  "request.not-found": {
    text: "The connector knows no such address.",
    next: "Update the extension or the connector.",
  },
  "request.method": {
    text: "This address does not take {method}.",
    next: "Update the extension or the connector.",
  },
  "request.rate": {
    text: "Too many requests at once.",
    next: "Wait a moment; the extension tries again by itself.",
  },
  "internal.unexpected": {
    text: "Something unexpected failed in the connector.",
    next: "Try again. If it repeats, send the log file to support; it holds no personal data.",
  },
};
