package io.duckfleet.datanode.load;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What to load: one object (`s3://bucket/key`), all objects under a prefix (`s3://bucket/2025/`), or those
/// whose key fits a glob: `*` stands for any characters but `/`, `**` for any at all, `?` for one, `[abc]`
/// for one of these.
public record ObjectPattern(String bucket, String key) {

    private static final Pattern SHAPE = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(.*)");
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[]");
    private static final Pattern GLOB = Pattern.compile("\\*\\*|\\*|\\?|\\[!?[^\\]]+\\]");

    /// The pattern that `url` is.
    ///
    /// @throws FleetException `invalid_request` if it is none
    public static ObjectPattern parse(String url) {
        Matcher matcher = SHAPE.matcher(url);
        if (!matcher.matches()) {
            throw new FleetException(
                    ErrorCode.INVALID_REQUEST,
                    "\"%s\" is no S3 location; s3://bucket/key, s3://bucket/prefix/ or a glob was expected"
                            .formatted(url));
        }
        return new ObjectPattern(matcher.group(1), matcher.group(2));
    }

    /// Whether this is one object rather than all that fit.
    public boolean isOneObject() {
        return !isPrefix() && !isGlob();
    }

    /// What all keys begin with.
    String prefix() {
        Matcher wildcard = WILDCARD.matcher(key);
        return wildcard.find() ? key.substring(0, wildcard.start()) : key;
    }

    /// Whether the object `candidate` is meant, which begins with the prefix. Under a prefix, names that
    /// begin with `_` or `.` (`_SUCCESS`) aren't.
    boolean matches(String candidate) {
        if (isGlob()) {
            return regex().matcher(candidate).matches();
        }
        String name = candidate.substring(candidate.lastIndexOf('/') + 1);
        return !name.isEmpty() && name.charAt(0) != '_' && name.charAt(0) != '.';
    }

    private boolean isPrefix() {
        return key.isEmpty() || key.endsWith("/");
    }

    private boolean isGlob() {
        return WILDCARD.matcher(key).find();
    }

    private Pattern regex() {
        StringBuilder regex = new StringBuilder();
        Matcher matcher = GLOB.matcher(key);
        int end = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(key.substring(end, matcher.start())));
            regex.append(
                    switch (matcher.group()) {
                        case "**" -> ".*";
                        case "*" -> "[^/]*";
                        case "?" -> "[^/]";
                        default -> matcher.group().replace("\\", "\\\\").replaceFirst("^\\[!", "[^");
                    });
            end = matcher.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(key.substring(end))).toString(), Pattern.DOTALL);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
