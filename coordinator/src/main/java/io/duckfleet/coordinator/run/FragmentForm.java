package io.duckfleet.coordinator.run;

import io.duckfleet.common.results.JsonNumbers;

/// The form in which a fragment's rows come.
enum FragmentForm {

    /// As a Parquet file, to go on with.
    PARQUET("application/vnd.apache.parquet"),

    /// As the JSON document that the caller gets, but for what stands around the rows.
    JSON("application/json"),

    /// The same with [JsonNumbers#SAFE].
    JSON_SAFE("application/json;numbers=safe");

    private final String accept;

    FragmentForm(String accept) {
        this.accept = accept;
    }

    /// What the node is asked for.
    String accept() {
        return accept;
    }

    static FragmentForm json(JsonNumbers numbers) {
        return switch (numbers) {
            case PLAIN -> JSON;
            case SAFE -> JSON_SAFE;
        };
    }
}
