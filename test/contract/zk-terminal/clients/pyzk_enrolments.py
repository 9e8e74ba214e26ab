"""Reads who is on a terminal with pyzk, unmodified: pyzk_enrolments.py PORT tcp|udp. Prints users and templates.

pyzk takes the time zones of colour-screen rows for a text; group and time zones are therefore taken from the bytes of
the table that pyzk itself reads.
"""

import json
import struct
import sys

from zk import ZK, const

port, transport = int(sys.argv[1]), sys.argv[2]
zk = ZK("127.0.0.1", port=port, timeout=5, force_udp=transport == "udp", ommit_ping=True)
terminal = zk.connect()
terminal.read_sizes()
users = terminal.get_users()
size = int(terminal.user_packet_size)
table, _ = terminal.read_with_buffer(const.CMD_USERTEMP_RRQ, const.FCT_USER)
rows = [table[at : at + size] for at in range(4, len(table), size)]
access = {}
for row in rows:
    (uid,) = struct.unpack_from("<H", row)
    group, zones = (row[21], row[22:24]) if size == 28 else (row[39], row[40:48])
    access[uid] = {"group": group, "timeZones": list(struct.unpack(f"<{len(zones) // 2}H", zones))}
report = {
    "users": [
        {
            "uid": user.uid,
            "userId": user.user_id,
            "name": user.name,
            "privilege": user.privilege,
            "card": user.card,
            "password": user.password,
            **access[user.uid],
        }
        for user in users
    ],
    "templates": [
        {"uid": finger.uid, "finger": finger.fid, "flag": finger.valid, "bytes": finger.template.hex()}
        for finger in terminal.get_templates()
    ],
}
terminal.disconnect()
print("\nREPORT " + json.dumps(report))
