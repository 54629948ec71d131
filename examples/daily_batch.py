"""A daily export into the lake: a post a day, each of which may be repeated without harm."""

import datetime
import json
import os
import urllib.request

SIDECAR = os.environ.get("SIDECAR_URL", "http://localhost:8001")
COORDINATOR = os.environ.get("COORDINATOR_URL", "http://localhost:8000")


def post(url, body, **headers):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


def extract(day):
    """Stands for a query of your own database."""
    return [{"order_id": f"{day}-{i}", "product": f"p{i % 7}", "amount": round(9.5 + i * 1.25, 2)} for i in range(50)]


def export(day):
    # The key says what the batch is, not when it was sent: a job that runs twice, or is cut off and repeated, counts once.
    return post(
        f"{SIDECAR}/ingest",
        {"table_name": "daily_sales", "records": extract(day), "partition_date": str(day)},
        **{"Idempotency-Key": f"daily_sales-{day}"},
    )


if __name__ == "__main__":
    today = datetime.date.today()
    for age in range(3):
        day = today - datetime.timedelta(days=age)
        answer = export(day)
        print(f"{day}: {answer['record_count']} records in {answer['s3_path']}, snapshot {answer['snapshot_id']}")
        again = export(day)
        print(f"{day}: sent again: duplicate={again['duplicate']}")

    rows = post(
        f"{COORDINATOR}/query",
        {"query": "SELECT partition_date AS day, count(*) AS orders, round(sum(amount), 2) AS total FROM daily_sales GROUP BY ALL ORDER BY day DESC LIMIT 3"},
    )["results"]
    for row in rows:
        print(row)
