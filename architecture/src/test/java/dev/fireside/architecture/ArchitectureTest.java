package dev.fireside.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.google.cloud.functions.CloudEventsFunction;
import com.google.cloud.functions.HttpFunction;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;

/// The law of `docs/architecture.md`.
@AnalyzeClasses(packages = "dev.fireside", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] STORE_CLIENTS = {
    "com.google.cloud.firestore..",
    "com.google.cloud.pubsub..",
    "com.google.cloud.storage..",
    "com.google.firebase..",
    "com.google.api..",
    "com.stripe..",
    "io.grpc..",
    "redis.clients.."
  };

  /// What several functions must see alike.
  private static final DescribedPredicate<JavaClass> LIBRARIES =
      resideInAnyPackage(
              "dev.fireside.social..",
              "dev.fireside.play..",
              "dev.fireside.economy..",
              "dev.fireside.ledger..",
              "dev.fireside.stripe..",
              "dev.fireside.media..")
          .as("libraries");

  /// Everything that is not a function: the libraries and the processes around them.
  private static final DescribedPredicate<JavaClass> FUNCTIONS =
      resideInAPackage("dev.fireside..")
          .and(
              DescribedPredicate.not(
                  resideInAnyPackage(
                      "dev.fireside.shared..",
                      "dev.fireside.social..",
                      "dev.fireside.play..",
                      "dev.fireside.economy..",
                      "dev.fireside.ledger..",
                      "dev.fireside.stripe..",
                      "dev.fireside.media..",
                      "dev.fireside.runtime..",
                      "dev.fireside.emulator..",
                      "dev.fireside.acceptance..")))
          .as("functions");

  private static final SliceAssignment BY_FUNCTION =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
          return FUNCTIONS.test(javaClass)
              ? SliceIdentifier.of(javaClass.getPackageName().split("\\.", -1)[2])
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "functions";
        }
      };

  @ArchTest
  static final ArchRule domainIsPlainJava =
      noClasses()
          .that()
          .resideInAPackage("dev.fireside..domain..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.google.cloud..",
              "com.google.firebase..",
              "redis.clients..",
              "com.fasterxml..",
              "io.cloudevents..",
              "dev.fireside..store..",
              "dev.fireside.shared.redis..",
              "dev.fireside.shared.http..")
          .because("rules are tested without I/O, and outlive the services we run on");

  @ArchTest
  static final ArchRule onlyStoresKnowTheClients =
      noClasses()
          .that(are(FUNCTIONS.or(LIBRARIES)))
          .and()
          .resideOutsideOfPackage("..store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STORE_CLIENTS)
          .because("one place knows how data is kept; swap, test and read it apart");

  @ArchTest
  static final ArchRule storesKnowNoHttp =
      noClasses()
          .that(are(FUNCTIONS.or(LIBRARIES)))
          .and()
          .resideInAPackage("..store..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.fireside.shared.http..")
          .because("schedules and events ask stores too, and have nobody to answer");

  @ArchTest
  static final ArchRule librariesStandAlone =
      slices()
          .matching("dev.fireside.(social|play|economy|ledger|stripe|media)..")
          .should()
          .notDependOnEachOther()
          .because("a function takes the libraries it needs, not a chain of them");

  @ArchTest
  static final ArchRule librariesKnowNoFunction =
      noClasses()
          .that(are(LIBRARIES))
          .should()
          .dependOnClassesThat(are(FUNCTIONS))
          .because("functions use libraries, never the other way round");

  @ArchTest
  static final ArchRule moneyIsNeverAFloatingPointNumber =
      classes()
          .that()
          .resideInAnyPackage(
              "dev.fireside.payments..",
              "dev.fireside.payouts..",
              "dev.fireside.economy..",
              "dev.fireside.ledger..",
              "dev.fireside.stripe..")
          .should(notTouchFloatingPoint())
          .because("0.1 + 0.2 is not 0.3: money and items are whole numbers from wire to ledger");

  @ArchTest
  static final ArchRule functionsStandAlone =
      slices()
          .assignedFrom(BY_FUNCTION)
          .should()
          .notDependOnEachOther()
          .because("a function is deployed alone: talk through documents and events");

  @ArchTest
  static final ArchRule sharedKnowsNoBusiness =
      noClasses()
          .that()
          .resideInAPackage("dev.fireside.shared..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.fireside..")
                  .and(DescribedPredicate.not(resideInAPackage("dev.fireside.shared.."))))
          .because("shared holds mechanisms; business in it would couple all functions");

  @ArchTest
  static final ArchRule functionsDoNotKnowWhatRunsThem =
      noClasses()
          .that(are(FUNCTIONS))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.fireside.runtime..", "dev.fireside.emulator..", "org.eclipse.jetty..")
          .because("the same classes run under the stock Functions Framework too");

  @ArchTest
  static final ArchRule theLocalDatabaseStandsAlone =
      standsAlone("dev.fireside.emulator.database..");

  @ArchTest
  static final ArchRule theLocalStorageStandsAlone = standsAlone("dev.fireside.emulator.storage..");

  private static ArchRule standsAlone(String packages) {
    return noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.fireside..")
                .and(DescribedPredicate.not(resideInAPackage(packages))))
        .because("a local server knows no other, and nothing of what is kept in it");
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("dev.fireside.(*).(*)..")
          .should()
          .beFreeOfCycles()
          .because("what goes in a circle cannot be understood in pieces");

  @ArchTest
  static final ArchRule entryPointsCanBeMadeByTheRuntime =
      classes()
          .that()
          .areAssignableTo(HttpFunction.class)
          .or()
          .areAssignableTo(CloudEventsFunction.class)
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .should(haveAPublicNoArgConstructor())
          .because("the Functions Framework makes them with getConstructor().newInstance()");

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .that()
          .resideInAPackage("dev.fireside.shared..")
          .or(are(FUNCTIONS.or(LIBRARIES)))
          .and()
          // Revocation goes by the clock of the Admin SDK, which is the system's.
          .doNotHaveFullyQualifiedName("dev.fireside.shared.auth.Accounts")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now")
          .because("what asks for the time itself cannot be tested at another");

  @ArchTest
  static final ArchRule nobodyWritesToStandardOut =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.fireside.emulator..")
          .and()
          // These say why a process cannot start, when there is no log yet.
          .doNotHaveFullyQualifiedName("dev.fireside.runtime.Main")
          .and()
          .doNotHaveFullyQualifiedName("dev.fireside.transcoder.TranscoderJob")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("logs are JSON lines with a trace id");

  @ArchTest
  static final ArchRule packagesAreNullMarked =
      classes()
          .that()
          .resideInAPackage("dev.fireside..")
          .and()
          .haveSimpleNameNotEndingWith("package-info")
          .should(beInANullMarkedPackage())
          .because("NullAway checks only what says so");

  private static ArchCondition<JavaClass> notTouchFloatingPoint() {
    return new ArchCondition<>("hold, take, give or call nothing that is a double or a float") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        item.getFields().stream()
            .filter(field -> isFloating(field.getRawType()))
            .forEach(field -> violated(item, field.getFullName(), events));
        item.getCodeUnits().stream()
            .filter(unit -> isFloating(unit.getRawReturnType(), unit.getRawParameterTypes()))
            .forEach(unit -> violated(item, unit.getFullName(), events));
        item.getCodeUnitCallsFromSelf().stream()
            .filter(call ->
                isFloating(
                    call.getTarget().getRawReturnType(), call.getTarget().getRawParameterTypes()))
            .forEach(call -> violated(item, call.getDescription(), events));
      }

      private static void violated(JavaClass item, String what, ConditionEvents events) {
        events.add(SimpleConditionEvent.violated(item, what));
      }
    };
  }

  private static boolean isFloating(JavaClass type) {
    return type.isEquivalentTo(double.class)
        || type.isEquivalentTo(float.class)
        || type.isEquivalentTo(Double.class)
        || type.isEquivalentTo(Float.class);
  }

  private static boolean isFloating(JavaClass result, java.util.List<JavaClass> parameters) {
    return isFloating(result) || parameters.stream().anyMatch(ArchitectureTest::isFloating);
  }

  private static ArchCondition<JavaClass> haveAPublicNoArgConstructor() {
    return new ArchCondition<>("have a public no-arg constructor") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean has =
            item.getConstructors().stream()
                .anyMatch(constructor ->
                    constructor.getRawParameterTypes().isEmpty()
                        && constructor.getModifiers().contains(JavaModifier.PUBLIC));
        events.add(new SimpleConditionEvent(item, has, item.getName()));
      }
    };
  }

  private static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a @NullMarked package") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(item, marked, "no @NullMarked: " + item.getPackageName()));
      }
    };
  }
}
