package io.duckfleet.coordinator.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.coordinator.fleet.Holding;
import io.duckfleet.coordinator.plan.PlanNode.QueryFragment;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import io.duckfleet.coordinator.run.KeyFilter.KeySet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What a fragment's answer depends on: the node, its table and the version of that, the SQL, the form, and
/// the key sets, by a hash of their sorted keys.
record FragmentKey(URI node, String table, String version, String sql, FragmentForm form, List<String> keySets) {

    FragmentKey {
        keySets = List.copyOf(keySets);
    }

    /// The key of what `holder` answers to the part; none if it may answer otherwise each time, as samples
    /// do.
    static Optional<FragmentKey> of(FragmentPart part, Holding holder) {
        boolean isSame = switch (part.fragment()) {
            case TableFragment _ -> true;
            case QueryFragment query ->
                query.statement().tree().findValues("sample").stream().allMatch(JsonNode::isNull);
        };
        if (!isSame) {
            return Optional.empty();
        }
        String table = holder.table().nameOnNode().text();
        List<String> keySets = part.filters().stream()
                .filter(KeySet.class::isInstance)
                .map(filter -> hash((KeySet) filter))
                .toList();
        return Optional.of(new FragmentKey(
                holder.node(), table, holder.version(), new FragmentSql(part).forNode(table), part.form(), keySets));
    }

    /// Whether the other key's answer holds no longer if this one's does.
    boolean replaces(FragmentKey other) {
        return node.equals(other.node) && table.equals(other.table) && !version.equals(other.version);
    }

    private static String hash(KeySet set) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(set.file())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
