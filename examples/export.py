"""What an application knows of its users: posted as it comes, with fields that change; read back as CSV and as a Parquet file."""

import json
import os
import urllib.request

SIDECAR = os.environ.get("SIDECAR_URL", "http://localhost:8001")
COORDINATOR = os.environ.get("COORDINATOR_URL", "http://localhost:8000")


def ask(url, body, accept="application/json"):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json", "Accept": accept})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def export_user_activity(user_id, activities):
    records = [{"user_id": user_id, **activity} for activity in activities]
    return json.loads(ask(f"{SIDECAR}/ingest", {"table_name": "user_activity", "records": records}))


if __name__ == "__main__":
    print(export_user_activity(1, [{"action": "login"}, {"action": "view", "page": "/pricing"}])["message"])
    # A nested field that wasn't there before becomes a column, without a migration.
    print(export_user_activity(2, [{"action": "purchase", "cart": {"items": 3, "total": 59.9}}])["message"])

    query = {"query": "SELECT user_id, action, page, cart.total FROM user_activity ORDER BY ingested_at DESC LIMIT 3"}
    print(ask(f"{COORDINATOR}/query", query, "text/csv").decode())
    parquet = ask(f"{COORDINATOR}/query", query, "application/vnd.apache.parquet")
    with open("user_activity.parquet", "wb") as file:
        file.write(parquet)
    print(f"user_activity.parquet: {len(parquet)} bytes")
