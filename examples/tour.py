# /// script
# requires-python = ">=3.9"
# dependencies = ["pyarrow", "pandas", "polars"]
# ///
"""Results as frames: Arrow over HTTP into pandas and polars, without a detour over JSON."""

# %% Ask the fleet; the answer is an Arrow stream
import json
import os
import urllib.request

import polars
import pyarrow

COORDINATOR = os.environ.get("COORDINATOR_URL", "http://localhost:8000")


def arrow(sql):
    request = urllib.request.Request(
        f"{COORDINATOR}/query",
        json.dumps({"query": sql}).encode(),
        {"Content-Type": "application/json", "Accept": "application/vnd.apache.arrow.stream"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return pyarrow.ipc.open_stream(answer).read_all()


# %% pandas: the ten countries with the most airports, of a data node
airports = arrow("SELECT country, count(*) AS airports FROM airports GROUP BY ALL ORDER BY airports DESC LIMIT 10").to_pandas()
print(airports)

# %% polars: trips a day, of the lake
trips = polars.from_arrow(arrow("SELECT partition_date AS day, count(*) AS trips, sum(total_amount) AS dollars FROM trips GROUP BY ALL ORDER BY day"))
print(trips.with_columns((polars.col("dollars") / polars.col("trips")).round(2).alias("dollars_per_trip")).head(7))

# %% both: a join over nodes and lake happens in the fleet, the frame has the result alone
print(arrow("""
    SELECT r.airline, count(*) AS routes, count(DISTINCT a.country) AS countries
    FROM routes r JOIN airports a ON r.source_airport_id = a.airport_id
    GROUP BY ALL ORDER BY routes DESC LIMIT 5""").to_pandas())
