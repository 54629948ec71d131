package io.duckfleet.sidecar.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A record that can't be taken: its index in the batch from 0, its line from 1 where the batch came as
/// lines, the field at fault (`a.b` when nested, empty for the record as a whole), and why.
@JsonPropertyOrder({"index", "line", "field", "reason"})
public record RejectedRecord(int index, @JsonIgnore OptionalLong line, String field, String reason) {

    /// A record of a batch that didn't come as lines.
    public RejectedRecord(int index, String field, String reason) {
        this(index, OptionalLong.empty(), field, reason);
    }

    /// The same where the line would say nothing to the client.
    public RejectedRecord withoutLine() {
        return new RejectedRecord(index, field, reason);
    }

    /// The line as JSON has it: absent where there is none.
    @JsonProperty("line")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable
    Long lineOnTheWire() {
        return line.isPresent() ? line.getAsLong() : null;
    }
}
