package io.duckfleet.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The layers of ARCHITECTURE.md, read off the classes of all modules.
class ArchitectureTest {

    private static final List<String> MODULES = List.of("common", "data-node", "coordinator", "sidecar", "cli");
    private static final String PLANNER = "io.duckfleet.coordinator.plan..";

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        java.nio.file.Path root = java.nio.file.Path.of(System.getProperty("duckfleet.root"));
        classes = new ClassFileImporter()
                .importPaths(MODULES.stream()
                        .map(module -> root.resolve(module).resolve("target/classes"))
                        .toList());
    }

    @Test
    void featuresDependOnOneAnotherInOneDirection() {
        slices().matching("io.duckfleet.(*).(*)..").should().beFreeOfCycles().check(classes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datanode", "coordinator", "sidecar", "cli"})
    void aProgramKnowsNoOtherProgram(String program) {
        noClasses()
                .that()
                .resideInAPackage("io.duckfleet." + program + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(List.of("datanode", "coordinator", "sidecar", "cli").stream()
                        .filter(other -> !other.equals(program))
                        .map(other -> "io.duckfleet." + other + "..")
                        .toArray(String[]::new))
                .check(classes);
    }

    @Test
    void whatIsSharedKnowsNoProgram() {
        noClasses()
                .that()
                .resideInAPackage("io.duckfleet.common..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.duckfleet.datanode..",
                        "io.duckfleet.coordinator..",
                        "io.duckfleet.sidecar..",
                        "io.duckfleet.cli..")
                .check(classes);
    }

    @Test
    void thePlannerKnowsNoFrameworkAndNoNetwork() {
        noClasses()
                .that()
                .resideInAPackage(PLANNER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx..", "io.smallrye..", "java.net..")
                .check(classes);
    }

    @Test
    void resourcesKnowNoDuckDb() {
        noClasses()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.duckdb..", "java.sql..", "io.duckfleet.common.duckdb..")
                .check(classes);
    }

    @Test
    void onlyWiringProducesBeans() {
        methods()
                .that()
                .areAnnotatedWith("jakarta.enterprise.inject.Produces")
                .should()
                .beDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Wiring")
                .check(classes);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .should()
                .haveNameNotMatching(".*(Impl|Util|Utils|Helper|Manager|Processor|Info|Base)$")
                .andShould()
                .haveNameNotMatching(".*[.]Abstract[A-Za-z]*$")
                .check(classes);
    }
}
