package io.duckfleet.coordinator.run;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a query may be given what was fetched for an earlier one.
enum Caching {
    ALLOWED,
    /// `Cache-Control: no-cache`: everything is fetched, and kept for those who come later.
    BYPASSED;

    private static final String NO_CACHE = "no-cache";
    private static final String NO_STORE = "no-store";

    /// What a request's `Cache-Control` header asks for.
    static Caching of(@Nullable String cacheControl) {
        String wanted = cacheControl == null ? "" : cacheControl.toLowerCase(Locale.ROOT);
        return wanted.contains(NO_CACHE) || wanted.contains(NO_STORE) ? BYPASSED : ALLOWED;
    }
}
