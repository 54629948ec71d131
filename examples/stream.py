"""Events one at a time. Each 200 means that the event survives a crash of the sidecar; a flush puts all of them into the lake."""

import json
import os
import random
import urllib.request

SIDECAR = os.environ.get("SIDECAR_URL", "http://localhost:8001")
COORDINATOR = os.environ.get("COORDINATOR_URL", "http://localhost:8000")


def post(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method="POST")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def events(count):
    for i in range(count):
        yield {"metric_name": random.choice(["cpu_usage", "memory_usage"]), "value": round(random.random() * 100, 1), "host": f"h{i % 3}"}


if __name__ == "__main__":
    sent = 0
    for event in events(200):
        post(f"{SIDECAR}/ingest/stream?table_name=metrics", {"data": event})
        sent += 1
    with urllib.request.urlopen(f"{SIDECAR}/table/metrics/count") as answer:
        print(f"{sent} sent, {json.load(answer)['buffered_count']} wait in the buffer")
    print(post(f"{SIDECAR}/flush?table_name=metrics")["message"])
    for row in post(f"{COORDINATOR}/query", {"query": "SELECT metric_name, count(*) AS n, round(avg(value), 1) AS mean FROM metrics GROUP BY ALL ORDER BY 1"})["results"]:
        print(row)
