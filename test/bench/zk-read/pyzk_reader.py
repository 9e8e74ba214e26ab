"""Times pyzk's get_attendance, unmodified: one read for each line on stdin. pyzk_reader.py PORT."""

import json
import sys
import time

from zk import ZK

for _ in sys.stdin:
    terminal = ZK("127.0.0.1", port=int(sys.argv[1]), timeout=30, ommit_ping=True).connect()
    start = time.perf_counter()
    records = terminal.get_attendance()
    took = time.perf_counter() - start
    terminal.disconnect()
    print(json.dumps({"ms": took * 1000, "records": len(records)}), flush=True)
