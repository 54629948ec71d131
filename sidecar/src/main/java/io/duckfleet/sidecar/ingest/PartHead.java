package io.duckfleet.sidecar.ingest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.fileupload.ParameterParser;

/// What the headers of a form's part tell (RFC 7578, 4.2): the field's name, and the file's if there is one.
record PartHead(Optional<String> name, Optional<String> fileName) {

    private static final Pattern LINE_GOES_ON = Pattern.compile("\n(?=[ \t])");
    private static final Pattern DISPOSITION = Pattern.compile("content-disposition\\s*:", Pattern.CASE_INSENSITIVE);

    /// @param lines of the headers, of which one may go on in the next line
    static PartHead of(List<String> lines) {
        String headers = LINE_GOES_ON.matcher(String.join("\n", lines)).replaceAll("");
        return headers.lines()
                .filter(header -> DISPOSITION.matcher(header).lookingAt())
                .findFirst()
                .map(header -> parsed(header.substring(header.indexOf(':') + 1)))
                .orElseGet(() -> new PartHead(Optional.empty(), Optional.empty()));
    }

    /// Names in all the ways in which clients write them (RFC 2047, RFC 5987) are the library's.
    private static PartHead parsed(String disposition) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        Map<String, String> parameters = parser.parse(disposition, ';');
        return new PartHead(
                Optional.ofNullable(parameters.get("name")), Optional.ofNullable(parameters.get("filename")));
    }
}
