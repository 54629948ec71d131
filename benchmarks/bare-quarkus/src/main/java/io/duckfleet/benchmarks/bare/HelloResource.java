package io.duckfleet.benchmarks.bare;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// `GET /`.
@Path("/")
public final class HelloResource {

    @GET
    public String hello() {
        return "hello";
    }
}
