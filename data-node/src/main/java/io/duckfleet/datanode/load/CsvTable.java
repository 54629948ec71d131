package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import java.nio.file.Path;

/// The table that CSV objects are inserted into. It has the columns of the first of them; the others must
/// have the same, in any order. Used by one thread.
final class CsvTable {

    private final LoadRequest request;
    private final LoadPlan plan;
    private final ObjectVersion firstObject;
    private final CsvDialect first;

    private CsvTable(LoadRequest request, LoadPlan plan, ObjectVersion firstObject, CsvDialect first) {
        this.request = request;
        this.plan = plan;
        this.firstObject = firstObject;
        this.first = first;
    }

    /// Makes the empty table for an object of this dialect, of which `sample` is the first part.
    ///
    /// @throws LoadException if a column `filename` is asked for and there is one
    static CsvTable create(
            DuckDb database,
            LoadRequest request,
            LoadPlan plan,
            ObjectVersion object,
            CsvDialect dialect,
            Path sample) {
        if (request.withFilename() && dialect.names().stream().anyMatch(LoadRequest.FILENAME::equalsIgnoreCase)) {
            throw new LoadException("%s has a column %s itself; load it without --filename"
                    .formatted(object.location(), LoadRequest.FILENAME));
        }
        CsvTable table = new CsvTable(request, plan, object, dialect);
        database.withSession(session -> table.create(session, sample));
        return table;
    }

    private boolean create(Session session, Path sample) {
        session.execute("CREATE TABLE %s AS %s LIMIT 0"
                .formatted(request.tableName().quoted(), select(firstObject, first.readFirst(sample))));
        return true;
    }

    /// How another object is read into this table.
    ///
    /// @throws LoadException if it has other columns
    CsvDialect adopt(ObjectVersion object, CsvDialect dialect) {
        SameColumns.require(firstObject, first.names(), object, dialect.names());
        return dialect.withTypesOf(first);
    }

    /// The statement that inserts what `read` (a call of `read_csv`) gives.
    String insert(ObjectVersion object, CsvDialect dialect, String read) {
        String match = dialect.names().equals(first.names()) ? "" : " BY NAME";
        return "INSERT INTO %s%s %s".formatted(request.tableName().quoted(), match, select(object, read));
    }

    private String select(ObjectVersion object, String read) {
        String address = request.withFilename()
                ? ", %s AS %s".formatted(Identifiers.literal(object.location().toString()), LoadRequest.FILENAME)
                : "";
        return "SELECT *%s FROM %s%s".formatted(address, read, plan.where());
    }
}
