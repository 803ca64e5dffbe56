import static org.objectweb.asm.Opcodes.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Makes Jackson's four bounds of type {@code BigDecimal} (the least and greatest {@code int} and {@code long}) where
 * they are compared with, which is hardly ever, and not when its parser is initialised: the class {@code BigDecimal}
 * takes 9 ms of each start. Meaning and results stay as they are. Why: docs/decisions/0068.
 *
 * <p>{@code java LateBounds FOLDER} changes the class files of jackson-core in the folder, and fails where it finds
 * none of these bounds.
 */
final class LateBounds {
    private static final String DECIMAL = "java/math/BigDecimal";
    private static final String DECIMAL_TYPE = "Ljava/math/BigDecimal;";
    private static final String WHOLE_TYPE = "Ljava/math/BigInteger;";

    private LateBounds() {}

    public static void main(String[] args) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(args[0]))) {
            files = all.filter(file -> file.toString().endsWith(".class")).collect(Collectors.toList());
        }
        int removed = 0;
        int compared = 0;
        for (Path file : files) {
            ClassNode type = new ClassNode();
            new ClassReader(Files.readAllBytes(file)).accept(type, 0);
            int bounds = 0;
            int uses = 0;
            for (MethodNode method : type.methods) {
                for (AbstractInsnNode instruction : method.instructions.toArray()) {
                    if (isBound(instruction, PUTSTATIC)) {
                        dropNew(method.instructions, instruction);
                        bounds++;
                    } else if (isBound(instruction, GETSTATIC)) {
                        makeHere(method.instructions, (FieldInsnNode) instruction);
                        uses++;
                    }
                }
            }
            if (bounds + uses > 0) {
                type.fields.removeIf(field -> field.name.startsWith("BD_") && field.desc.equals(DECIMAL_TYPE));
                ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
                type.accept(writer);
                Files.write(file, writer.toByteArray());
            }
            removed += bounds;
            compared += uses;
        }
        if (removed != 4 || compared == 0) {
            throw new IllegalStateException("jackson-core has " + removed + " bounds of type BigDecimal, compared "
                    + compared + " times: look again");
        }
        System.out.println("start: 4 bounds of jackson-core made where they are compared, " + compared + " times");
    }

    private static boolean isBound(AbstractInsnNode instruction, int opcode) {
        return instruction.getOpcode() == opcode
                && ((FieldInsnNode) instruction).name.startsWith("BD_")
                && ((FieldInsnNode) instruction).desc.equals(DECIMAL_TYPE);
    }

    /** {@code BD_MIN_INT = new BigDecimal(BI_MIN_INT)}, and nothing else. */
    private static void dropNew(InsnList code, AbstractInsnNode put) {
        AbstractInsnNode made = put.getPrevious();
        AbstractInsnNode whole = made.getPrevious();
        AbstractInsnNode copy = whole.getPrevious();
        AbstractInsnNode begun = copy.getPrevious();
        if (made.getOpcode() != INVOKESPECIAL
                || whole.getOpcode() != GETSTATIC
                || !((FieldInsnNode) whole).name.equals(wholeName((FieldInsnNode) put))
                || copy.getOpcode() != DUP
                || begun.getOpcode() != NEW) {
            throw new IllegalStateException("a bound of jackson-core is made otherwise: look again");
        }
        List.of(begun, copy, whole, made, put).forEach(code::remove);
    }

    private static void makeHere(InsnList code, FieldInsnNode bound) {
        InsnList made = new InsnList();
        made.add(new TypeInsnNode(NEW, DECIMAL));
        made.add(new InsnNode(DUP));
        made.add(new FieldInsnNode(GETSTATIC, bound.owner, wholeName(bound), WHOLE_TYPE));
        made.add(new MethodInsnNode(INVOKESPECIAL, DECIMAL, "<init>", "(" + WHOLE_TYPE + ")V", false));
        code.insertBefore(bound, made);
        code.remove(bound);
    }

    /** The bound of type {@code BigInteger} with the same value. */
    private static String wholeName(FieldInsnNode bound) {
        return "BI_" + bound.name.substring("BD_".length());
    }
}
