package dev.ajar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a program sees of the library is promised, so nothing of the inside may be in it. */
class LibrarySignaturesTest {
    private static final String API = "dev.ajar.api";

    private static List<JavaClass> types() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(API).stream()
                        .filter(LibrarySignaturesTest::isPromised)
                        .toList();
    }

    private static boolean isPromised(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass()
                        .map(LibrarySignaturesTest::isPromised)
                        .orElse(true);
    }

    @Test
    void no_signature_names_a_type_of_the_inside() {
        Set<String> inside = new TreeSet<>();
        for (JavaClass type : types()) {
            supertypes(type)
                    .filter(LibrarySignaturesTest::isInside)
                    .forEach(name -> inside.add(type.getName() + ": " + name));
            for (JavaMember member : type.getMembers()) {
                boolean promised = member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED);
                if (promised) {
                    member.getAllInvolvedRawTypes().stream()
                            .map(involved -> involved.getBaseComponentType().getName())
                            .filter(LibrarySignaturesTest::isInside)
                            .forEach(name -> inside.add(member.getFullName() + ": " + name));
                }
            }
        }

        assertThat(inside).isEmpty();
    }

    private static Stream<String> supertypes(JavaClass type) {
        return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                .map(JavaClass::getName);
    }

    private static boolean isInside(String name) {
        boolean jdk = name.startsWith("java.") || !name.contains(".");
        return !jdk && !name.startsWith(API + ".");
    }

    @Test
    void it_is_a_handful_of_types() {
        Set<String> outer = types().stream()
                .filter(type -> type.getEnclosingClass().isEmpty())
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.equals("package-info"))
                .collect(Collectors.toSet());

        assertThat(outer)
                .containsExactlyInAnyOrder(
                        "Ajar",
                        "AjarException",
                        "Diagnosis",
                        "OpenPort",
                        "PortRequest",
                        "PortState",
                        "Problem",
                        "Reachability",
                        "Reason");
    }
}
