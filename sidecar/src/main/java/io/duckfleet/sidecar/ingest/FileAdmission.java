package io.duckfleet.sidecar.ingest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refuses files before they are read, or while they come too slowly: a form is read whole before its
/// resource is called.
public final class FileAdmission {

    private final IngestBudget budget;
    private final BodyLimits limits;

    FileAdmission(IngestBudget budget, BodyLimits limits) {
        this.budget = budget;
        this.limits = limits;
    }

    @ServerRequestFilter(preMatching = true)
    public void admit(ContainerRequestContext request) {
        if (request.getUriInfo().getPath().equals("/ingest/file")) {
            budget.checkRoom();
            String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
            limits.checkFile(length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0);
            request.setEntityStream(limits.paced(request.getEntityStream()));
        }
    }
}
