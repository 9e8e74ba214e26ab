import { describe, expect, it } from "@jest/globals";

import { hostsOf } from "../../../../connector/terminals/fleet/subnet.ts";

describe("The addresses of a network", () => {
  it("leaves out the network's own and the broadcast address", () => {
    expect(hostsOf("192.168.1.0/30")).toEqual(["192.168.1.1", "192.168.1.2"]);
    expect(hostsOf("10.0.0.0/24")).toHaveLength(254);
  });

  it("takes any address of the network as its name", () => {
    expect(hostsOf("192.168.1.77/29")).toEqual(hostsOf("192.168.1.72/29"));
  });

  it("has one or two hosts where there is no room for more", () => {
    expect(hostsOf("127.0.0.1/32")).toEqual(["127.0.0.1"]);
    expect(hostsOf("172.31.255.254/31")).toEqual(["172.31.255.254", "172.31.255.255"]);
  });

  it("goes over an octet's border in a /22", () => {
    const hosts = hostsOf("10.255.252.0/22");
    expect([hosts.length, hosts[0], hosts[255], hosts.at(-1)]).toEqual([
      1022,
      "10.255.252.1",
      "10.255.253.0",
      "10.255.255.254",
    ]);
  });

  it.each(["", "192.168.1.0", "192.168.1/24", "192.168.1.0/33", "192.168.1.256/24", "192.168.010.0/24"])(
    "refuses %p, which is no network",
    (network) => {
      expect(() => hostsOf(network)).toThrow(expect.objectContaining({ code: "fleet.network-invalid" }));
    },
  );

  it.each(["192.168.1.0/024", "gate.local/24", "fd00::/24", "192.168.1.0/-1", " 10.0.0.0/24", "1.2.3.4.5/24"])(
    "refuses %p, which is written in a form it does not read",
    (network) => {
      expect(() => hostsOf(network)).toThrow(expect.objectContaining({ code: "fleet.network-invalid" }));
    },
  );

  it.each(["10.0.0.0/8", "192.168.0.0/21", "0.0.0.0/0"])("refuses %p, which is too large", (network) => {
    expect(() => hostsOf(network)).toThrow(expect.objectContaining({ code: "fleet.network-too-large" }));
  });

  it.each(["8.8.8.0/24", "172.32.0.0/24", "172.15.255.0/24", "192.169.0.0/24", "169.254.0.0/24", "224.0.0.0/24"])(
    "refuses %p, which is not the company's own",
    (network) => {
      expect(() => hostsOf(network)).toThrow(expect.objectContaining({ code: "fleet.network-public" }));
    },
  );
});
