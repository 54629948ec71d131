package io.duckfleet.sidecar.iceberg;

import io.duckfleet.common.lake.CatalogSettings;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;

/// The Iceberg catalog of the mirror: Iceberg's own JDBC catalog, named [#NAME], its two tables in the schema
/// of the lake's catalog. Tables stand in the namespace [#NAMESPACE], in small letters, as engines ask.
final class MirrorCatalog extends JdbcCatalog {

    static final String NAME = "lake";
    static final String NAMESPACE = "public";

    /// Tells whose table of the lake an Iceberg table shows. One without is somebody else's.
    static final String TABLE_UUID = "duckfleet.table-uuid";

    private static final List<String> TABLES = List.of("""
            CREATE TABLE IF NOT EXISTS %s (catalog_name VARCHAR(255) NOT NULL, table_namespace VARCHAR(255) NOT NULL,
                table_name VARCHAR(255) NOT NULL, metadata_location VARCHAR(1000), previous_metadata_location VARCHAR(1000),
                iceberg_type VARCHAR(5), PRIMARY KEY (catalog_name, table_namespace, table_name))
            """, """
            CREATE TABLE IF NOT EXISTS %s (catalog_name VARCHAR(255) NOT NULL, namespace VARCHAR(255) NOT NULL,
                property_key VARCHAR(255), property_value VARCHAR(1000), PRIMARY KEY (catalog_name, namespace, property_key))
            """);

    private MirrorCatalog(FileIO files) {
        super(_ -> files, null, false);
    }

    /// Makes what is missing, and connects.
    static MirrorCatalog open(LakeSettings lake, CatalogDatabase database, FileIO files) {
        createTables(database);
        MirrorCatalog catalog = new MirrorCatalog(files);
        catalog.initialize(NAME, properties(lake));
        if (!catalog.namespaceExists(Namespace.of(NAMESPACE))) {
            catalog.createNamespace(Namespace.of(NAMESPACE), Map.of());
        }
        return catalog;
    }

    /// Made here, as Iceberg looks for them in all schemas of the database.
    private static void createTables(CatalogDatabase database) {
        boolean _ = database.with(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(TABLES.getFirst().formatted(database.qualified("iceberg_tables")));
                statement.execute(TABLES.getLast().formatted(database.qualified("iceberg_namespace_properties")));
                return true;
            }
        });
    }

    private static Map<String, String> properties(LakeSettings lake) {
        CatalogSettings database = lake.catalog();
        Map<String, String> properties = new HashMap<>();
        properties.put(
                "uri",
                database.jdbcUrl() + "?currentSchema=" + URLEncoder.encode(database.schema(), StandardCharsets.UTF_8));
        properties.put("warehouse", lake.dataPath());
        properties.put("clients", "1");
        properties.put("jdbc.schema-version", "V1");
        properties.put("jdbc.user", database.user());
        properties.put("jdbc.password", database.password());
        properties.put("jdbc.connectTimeout", "3");
        properties.put("jdbc.socketTimeout", "20");
        properties.put("jdbc.ApplicationName", "duckfleet-iceberg");
        return properties;
    }

    static TableIdentifier identifier(LakeTable table) {
        return TableIdentifier.of(NAMESPACE, table.name().toLowerCase(Locale.ROOT));
    }

    /// The table's operations, which need not exist yet.
    TableOperations operations(TableIdentifier table) {
        return newTableOps(table);
    }

    /// The tables that are there.
    List<TableIdentifier> tables() {
        return listTables(Namespace.of(NAMESPACE));
    }

    /// The table's metadata, if there is one.
    Optional<TableMetadata> metadata(TableIdentifier table) {
        return Optional.ofNullable(newTableOps(table).refresh());
    }

    /// Forgets a table and removes its metadata; the lake's files stay.
    void forget(TableIdentifier table, TableMetadata metadata, FileIO files) {
        dropTable(table, false);
        CatalogUtil.dropTableData(files, metadata);
    }
}
