package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.sidecar.lake.Lake;
import java.sql.Connection;
import java.sql.SQLException;

/// What commits need in a lake: the table of rejected records, and the ledger of keys.
public record LakeSetup(KeyLedger ledger) implements Lake.Setup {

    @Override
    public void apply(Lake lake, Session session, Connection connection) throws SQLException {
        RejectedTable.create(session);
        ledger.open(lake, session, connection);
    }
}
