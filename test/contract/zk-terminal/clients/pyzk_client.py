"""Runs pyzk, unmodified, through its calls and prints what it got: pyzk_client.py PORT tcp|udp [KEY]."""

import json
import sys

from zk import ZK

port, transport = int(sys.argv[1]), sys.argv[2]
key = int(sys.argv[3]) if len(sys.argv) > 3 else 0


def punch_of(punch):
    at = punch.timestamp.isoformat()
    return {"userId": punch.user_id, "at": at, "verify": punch.status, "state": punch.punch}


zk = ZK("127.0.0.1", port=port, timeout=5, password=key, force_udp=transport == "udp", ommit_ping=True)
terminal = zk.connect()
report = {"transport": transport}
report["serial"] = terminal.get_serialnumber()
report["firmware"] = terminal.get_firmware_version()
report["platform"] = terminal.get_platform()
report["pinWidth"] = terminal.get_pin_width()
report["network"] = terminal.get_network_params()
report["time"] = terminal.get_time().isoformat()
terminal.read_sizes()
report["info"] = {"userCounts": terminal.users, "logCounts": terminal.records, "logCapacity": terminal.rec_cap}
report["fingers"] = terminal.fingers
terminal.disable_device()
report["users"] = [
    {"uid": user.uid, "userId": user.user_id, "name": user.name, "privilege": user.privilege, "card": user.card}
    for user in terminal.get_users()
]
report["punches"] = [punch_of(punch) for punch in terminal.get_attendance()]
report["templates"] = [
    {"uid": finger.uid, "finger": finger.fid, "flag": finger.valid, "bytes": finger.template.hex()}
    for finger in terminal.get_templates()
]
terminal.enable_device()
for punch in terminal.live_capture(new_timeout=5):
    if punch is None:
        continue
    report["live"] = punch_of(punch)
    terminal.end_live_capture = True
terminal.disconnect()
print("\nREPORT " + json.dumps(report))
