package ai.kale.examples.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md, held against the compiled classes. */
class ArchitectureTest {
  private static final JavaClasses KALE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ai.kale");

  private static final String[] KG = {"ai.kale.kg.."};
  private static final String[] TRAIN = {"ai.kale.train.."};
  private static final String[] EXAMPLES = {"ai.kale.examples.."};

  @Test
  void coreKnowsNeitherGraphsNorTrainingNorExamples() {
    noClasses()
        .that()
        .resideOutsideOfPackages("ai.kale.kg..", "ai.kale.train..", "ai.kale.examples..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.kale.kg..", "ai.kale.train..", "ai.kale.examples..")
        .check(KALE);
  }

  @Test
  void graphsAndTrainingNeverSeeEachOther() {
    noClasses()
        .that()
        .resideInAnyPackage(KG)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(TRAIN)
        .check(KALE);
    noClasses()
        .that()
        .resideInAnyPackage(TRAIN)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(KG)
        .check(KALE);
    noClasses()
        .that()
        .resideInAnyPackage("ai.kale.kg..", "ai.kale.train..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(EXAMPLES)
        .check(KALE);
  }

  @Test
  void onlyTheDjlPackageImportsDjl() {
    noClasses()
        .that()
        .resideOutsideOfPackage("ai.kale.train.djl..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..")
        .check(KALE);
  }

  @Test
  void guavaStaysOutOfPublicSignatures() {
    classes()
        .that()
        .resideInAPackage("ai.kale..")
        .should(notShowInSignatures("com.google.common"))
        .check(KALE);
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked = new ArrayList<>();
    KALE.stream()
        .map(JavaClass::getPackage)
        .distinct()
        .filter(p -> !p.isAnnotatedWith(NullMarked.class))
        .forEach(p -> unmarked.add(p.getName()));
    assertThat(unmarked).isEmpty();
  }

  @Test
  void packagesOfAModuleHaveNoCycles() {
    slices().matching("ai.kale.kg.(*)..").should().beFreeOfCycles().check(KALE);
    slices().matching("ai.kale.train.(*)..").should().beFreeOfCycles().check(KALE);
    slices().matching("ai.kale.examples.(*)..").should().beFreeOfCycles().check(KALE);
  }

  private static ArchCondition<JavaClass> notShowInSignatures(String prefix) {
    return new ArchCondition<>("not show " + prefix + " in public signatures") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaMethod method : type.getMethods()) {
          if (isShown(type, method.getModifiers())) {
            List<JavaClass> shown = new ArrayList<>(method.getRawParameterTypes());
            shown.add(method.getRawReturnType());
            report(type, method.getFullName(), shown, events);
          }
        }
        for (JavaConstructor constructor : type.getConstructors()) {
          if (isShown(type, constructor.getModifiers())) {
            report(type, constructor.getFullName(), constructor.getRawParameterTypes(), events);
          }
        }
      }

      private boolean isShown(JavaClass type, Set<JavaModifier> modifiers) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
            && (modifiers.contains(JavaModifier.PUBLIC)
                || modifiers.contains(JavaModifier.PROTECTED));
      }

      private void report(
          JavaClass type, String where, List<JavaClass> shown, ConditionEvents events) {
        for (JavaClass part : shown) {
          if (part.getName().startsWith(prefix)) {
            events.add(SimpleConditionEvent.violated(type, where + " shows " + part.getName()));
          }
        }
      }
    };
  }
}
