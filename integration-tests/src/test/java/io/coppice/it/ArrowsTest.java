package io.coppice.it;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md, one way, between modules and packages. */
class ArrowsTest {
    private static final JavaClasses COPPICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(
                    "io.coppice",
                    "io.coppice.pool",
                    "io.coppice.thread",
                    "io.coppice.lifetime",
                    "io.coppice.launch",
                    "io.coppice.worker",
                    "io.coppice.wire");

    @Test
    void packagesDependDownwardsOnly() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.coppice..")
                .layer("api")
                .definedBy("io.coppice")
                .layer("pool")
                .definedBy("io.coppice.pool")
                .layer("thread")
                .definedBy("io.coppice.thread")
                .layer("lifetime")
                .definedBy("io.coppice.lifetime")
                .layer("code")
                .definedBy("io.coppice.code")
                .layer("launch")
                .definedBy("io.coppice.launch")
                .layer("worker")
                .definedBy("io.coppice.worker")
                .layer("netty")
                .definedBy("io.coppice.wire.netty")
                .layer("payload")
                .definedBy("io.coppice.wire.payload")
                .layer("wire")
                .definedBy("io.coppice.wire")
                .whereLayer("api")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("pool")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("thread")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("lifetime")
                .mayOnlyBeAccessedByLayers("api", "code", "pool")
                .whereLayer("code")
                .mayOnlyBeAccessedByLayers("api", "pool")
                .whereLayer("launch")
                .mayOnlyBeAccessedByLayers("api", "pool")
                .whereLayer("worker")
                .mayOnlyBeAccessedByLayers("launch")
                .whereLayer("netty")
                .mayOnlyBeAccessedByLayers("pool")
                .whereLayer("payload")
                .mayOnlyBeAccessedByLayers("api", "code", "launch", "worker")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("api", "pool", "code", "launch", "worker", "netty", "payload")
                .check(COPPICE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.coppice.(**)").should().beFreeOfCycles().check(COPPICE);
    }

    @Test
    void nobodyButWireNettyNamesNetty() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("io.coppice.wire.netty")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(COPPICE);
    }

    @Test
    void theWorkerLoadsNeitherNettyNorLoggingNorTheApi() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage("io.coppice.worker", "io.coppice.wire", "io.coppice.wire.payload")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "org.slf4j..", "io.coppice")
                .check(COPPICE);
    }

    @Test
    void nobodyButThePayloadNamesKryo() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("io.coppice.wire.payload")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.esotericsoftware..")
                .check(COPPICE);
    }
}
