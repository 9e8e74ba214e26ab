"""Runs pyzk's writing functions, unmodified: pyzk_writer.py PORT tcp|udp. Prints what it read back after each."""

import datetime
import json
import sys

from zk import ZK
from zk.finger import Finger

port, transport = int(sys.argv[1]), sys.argv[2]
zk = ZK("127.0.0.1", port=port, timeout=5, force_udp=transport == "udp", ommit_ping=True)
terminal = zk.connect()
terminal.get_users()
report = {}

terminal.set_time(datetime.datetime(2026, 11, 22, 8, 0, 0))
report["time"] = terminal.get_time().isoformat()

terminal.set_user(uid=77, name="Nguyen Van A", privilege=14, password="1234", user_id="7077", card=987654)
report["user"] = [vars(user) for user in terminal.get_users() if user.uid == 77]

templates = [Finger(77, finger, 1, bytes(range(1, 251)) * (4 + finger)) for finger in (0, 6)]
terminal.save_user_template(next(user for user in terminal.get_users() if user.uid == 77), templates)
report["one"] = terminal.get_user_template(77, 6).template.hex()
report["all"] = [[finger.fid, finger.template.hex()] for finger in terminal.get_templates() if finger.uid == 77]
report["wanted"] = [[finger.fid, finger.template.hex()] for finger in templates]

report["deleted"] = terminal.delete_user_template(77, 6)
report["deletedTwice"] = terminal.delete_user_template(77, 6)
report["left"] = [finger.fid for finger in terminal.get_templates() if finger.uid == 77]

terminal.delete_user(77)
report["gone"] = [user.uid for user in terminal.get_users() if user.uid == 77]
report["orphans"] = [finger.fid for finger in terminal.get_templates() if finger.uid == 77]

terminal.unlock(3)
terminal.test_voice(10)
terminal.clear_attendance()
report["punches"] = len(terminal.get_attendance())
terminal.disconnect()
print("\nREPORT " + json.dumps(report))
