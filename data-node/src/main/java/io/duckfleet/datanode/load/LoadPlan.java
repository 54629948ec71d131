package io.duckfleet.datanode.load;

import java.util.List;
import java.util.Optional;

/// Which objects this node reads, and the condition that the rows of them meet. Where no object falls to
/// this node, it reads the first one for its columns, and no row.
record LoadPlan(ObjectSet objects, Optional<String> condition) {

    private static final String NO_ROW = "false";

    /// What `request` asks for among the objects that were `found`.
    ///
    /// @throws LoadException if one object is to be split into whole objects
    static LoadPlan of(LoadRequest request, ObjectSet found) {
        if (request.shard().isEmpty()) {
            return new LoadPlan(found, Optional.empty());
        }
        Shard shard = request.shard().orElseThrow();
        if (shard.column().isPresent()) {
            return new LoadPlan(found, shard.condition());
        }
        if (request.source().isOneObject()) {
            throw new LoadException("%s is one object; --shard %s needs --shard-by COLUMN, or a prefix or glob"
                    .formatted(request.source(), shard));
        }
        return ofObjects(shard, found);
    }

    private static LoadPlan ofObjects(Shard shard, ObjectSet found) {
        List<ObjectVersion> mine = found.objects().stream()
                .filter(object -> shard.takesObject(object.location().key()))
                .toList();
        return mine.isEmpty()
                ? new LoadPlan(new ObjectSet(List.of(found.objects().getFirst())), Optional.of(NO_ROW))
                : new LoadPlan(new ObjectSet(mine), Optional.empty());
    }

    boolean readsNoRow() {
        return condition.filter(NO_ROW::equals).isPresent();
    }

    /// ` WHERE ..`, or nothing.
    String where() {
        return condition.map(text -> " WHERE " + text).orElse("");
    }
}
