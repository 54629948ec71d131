package io.duckfleet.datanode.load;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One of `count` parts of a table, `index` from 1. Which part a row is in follows from the value of `column`
/// in it, or, without a column, from the key of its object. Either depends on nothing else, so nodes that
/// load at different times agree.
public record Shard(int index, int count, Optional<String> column) {

    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,5})/([0-9]{1,5})");

    public Shard {
        if (index < 1 || index > count) {
            throw FleetException.invalid(
                    "shard", "a shard is i/n with i from 1 to n, it is %d/%d".formatted(index, count));
        }
    }

    /// The shard that `text` (`2/5`) names.
    ///
    /// @throws FleetException `invalid_request` if it names none
    public static Shard parse(String text, Optional<String> column) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw FleetException.invalid("shard", "a shard is i/n, such as 2/5, it is \"%s\"".formatted(text));
        }
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), column);
    }

    /// Whether the whole object of this key is in this shard.
    boolean takesObject(String key) {
        byte[] hash = ObjectSet.sha256().digest(key.getBytes(StandardCharsets.UTF_8));
        return Math.floorMod(ByteBuffer.wrap(hash).getLong(), (long) count) == index - 1;
    }

    /// The condition that the rows of this shard meet, where a column decides. The text of a value is what
    /// counts: it is the same whatever type the column got.
    Optional<String> condition() {
        return column.map(name -> "hash(%s::VARCHAR) %% %d = %d".formatted(Identifiers.quote(name), count, index - 1));
    }

    /// What decides, for people: `objects` or the column's name.
    public String by() {
        return column.orElse("objects");
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
