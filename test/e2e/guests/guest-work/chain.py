# A chain of hashes, JSON there and back through another interpreter, and work shared by threads and processes.
import hashlib
import json
import subprocess
import sys
import threading

digest = "guest"
for _ in range(3000):
    digest = hashlib.sha256(digest.encode()).hexdigest()

child = "import json, sys; value = json.load(sys.stdin); value['sum'] = sum(value['list']); json.dump(value, sys.stdout)"
sent = json.dumps({"list": list(range(1000)), "text": "\u00e4\u20ac"})
answer = json.loads(subprocess.run([sys.executable, "-c", child], input=sent, capture_output=True, check=True, text=True).stdout)

parts = []
lock = threading.Lock()


def square(first):
    total = sum(i * i for i in range(first, first + 250))
    with lock:
        parts.append(total)


threads = [threading.Thread(target=square, args=(first,)) for first in (1, 251, 501, 751)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
failed = subprocess.run(["sh", "-c", "exit 7"], check=False).returncode
print(digest, sum(parts), failed, answer["sum"], answer["text"] == "\u00e4\u20ac")
