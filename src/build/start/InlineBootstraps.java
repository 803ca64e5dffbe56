import static org.objectweb.asm.Opcodes.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.RecordComponentNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Replaces, in the class files of the distribution, what Java links anew at each start by code that needs no linking:
 * the type tests of pattern switches, and {@code equals} and {@code hashCode} of records. Meaning and results stay as
 * they are. Why: docs/decisions/0049.
 *
 * <p>{@code java InlineBootstraps FOLDER} changes the class files in the folder, and prints how many.
 */
final class InlineBootstraps {
    private static final String SWITCHES = "java/lang/runtime/SwitchBootstraps";
    private static final String RECORDS = "java/lang/runtime/ObjectMethods";

    private InlineBootstraps() {}

    public static void main(String[] args) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(args[0]))) {
            files = all.filter(file -> file.toString().endsWith(".class")).collect(Collectors.toList());
        }
        int changed = 0;
        for (Path file : files) {
            ClassNode type = new ClassNode();
            new ClassReader(Files.readAllBytes(file)).accept(type, 0);
            if (inlineSwitches(type) | inlineRecordMethods(type)) {
                ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
                type.accept(writer);
                Files.write(file, writer.toByteArray());
                changed++;
            }
        }
        System.out.println("start: " + changed + " of " + files.size() + " classes changed");
    }

    private static boolean inlineSwitches(ClassNode type) {
        boolean isInterface = (type.access & ACC_INTERFACE) != 0;
        int count = 0;
        for (MethodNode method : List.copyOf(type.methods)) {
            for (AbstractInsnNode instruction : method.instructions.toArray()) {
                if (!isTypeSwitch(instruction)) continue;
                InvokeDynamicInsnNode call = (InvokeDynamicInsnNode) instruction;
                MethodNode chosen = new MethodNode(
                        ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC, "$typeSwitch" + count++, call.desc, null, null);
                testInOrder(chosen.instructions, call.bsmArgs);
                type.methods.add(chosen);
                method.instructions.set(
                        call, new MethodInsnNode(INVOKESTATIC, type.name, chosen.name, chosen.desc, isInterface));
            }
        }
        return count > 0;
    }

    /** A switch whose labels are all types. One with constants or names of enums among them is left alone. */
    private static boolean isTypeSwitch(AbstractInsnNode instruction) {
        if (!(instruction instanceof InvokeDynamicInsnNode)) return false;
        InvokeDynamicInsnNode call = (InvokeDynamicInsnNode) instruction;
        return call.bsm.getOwner().equals(SWITCHES)
                && call.name.equals("typeSwitch")
                && Arrays.stream(call.bsmArgs).allMatch(Type.class::isInstance);
    }

    /** As SwitchBootstraps.typeSwitch says: -1 for null, else the first label from the second argument on that fits. */
    private static void testInOrder(InsnList code, Object[] labels) {
        LabelNode notNull = new LabelNode();
        code.add(new VarInsnNode(ALOAD, 0));
        code.add(new JumpInsnNode(IFNONNULL, notNull));
        answer(code, -1);
        land(code, notNull);
        for (int number = 0; number < labels.length; number++) {
            LabelNode next = new LabelNode();
            code.add(new VarInsnNode(ILOAD, 1));
            code.add(new LdcInsnNode(number));
            code.add(new JumpInsnNode(IF_ICMPGT, next));
            code.add(new VarInsnNode(ALOAD, 0));
            code.add(new TypeInsnNode(INSTANCEOF, ((Type) labels[number]).getInternalName()));
            code.add(new JumpInsnNode(IFEQ, next));
            answer(code, number);
            land(code, next);
        }
        answer(code, labels.length);
    }

    private static boolean inlineRecordMethods(ClassNode type) {
        boolean any = false;
        for (MethodNode method : type.methods) {
            if (!isGenerated(method) || !Set.of("equals", "hashCode").contains(method.name)) continue;
            method.instructions.clear();
            method.localVariables = null;
            if (method.name.equals("equals")) equal(method.instructions, type);
            else hash(method.instructions, type);
            any = true;
        }
        return any;
    }

    private static boolean isGenerated(MethodNode method) {
        return Arrays.stream(method.instructions.toArray())
                .anyMatch(each -> each instanceof InvokeDynamicInsnNode
                        && ((InvokeDynamicInsnNode) each).bsm.getOwner().equals(RECORDS));
    }

    private static void equal(InsnList code, ClassNode type) {
        LabelNode other = new LabelNode();
        LabelNode differs = new LabelNode();
        code.add(new VarInsnNode(ALOAD, 0));
        code.add(new VarInsnNode(ALOAD, 1));
        code.add(new JumpInsnNode(IF_ACMPNE, other));
        answer(code, 1);
        land(code, other);
        code.add(new VarInsnNode(ALOAD, 1));
        code.add(new TypeInsnNode(INSTANCEOF, type.name));
        code.add(new JumpInsnNode(IFEQ, differs));
        for (RecordComponentNode component : components(type)) {
            load(code, type, component);
            code.add(new VarInsnNode(ALOAD, 1));
            code.add(new TypeInsnNode(CHECKCAST, type.name));
            code.add(new FieldInsnNode(GETFIELD, type.name, component.name, component.descriptor));
            switch (Type.getType(component.descriptor).getSort()) {
                case Type.BOOLEAN:
                case Type.BYTE:
                case Type.CHAR:
                case Type.SHORT:
                case Type.INT:
                    code.add(new JumpInsnNode(IF_ICMPNE, differs));
                    break;
                case Type.LONG:
                case Type.FLOAT:
                case Type.DOUBLE:
                    String twice = "(" + component.descriptor + component.descriptor + ")I";
                    code.add(new MethodInsnNode(INVOKESTATIC, boxOf(component), "compare", twice));
                    code.add(new JumpInsnNode(IFNE, differs));
                    break;
                default:
                    code.add(new MethodInsnNode(
                            INVOKESTATIC, "java/util/Objects", "equals", "(Ljava/lang/Object;Ljava/lang/Object;)Z"));
                    code.add(new JumpInsnNode(IFEQ, differs));
            }
        }
        answer(code, 1);
        land(code, differs);
        answer(code, 0);
    }

    private static void hash(InsnList code, ClassNode type) {
        code.add(new InsnNode(ICONST_0));
        for (RecordComponentNode component : components(type)) {
            code.add(new LdcInsnNode(31));
            code.add(new InsnNode(IMUL));
            load(code, type, component);
            String of = isObject(component) ? "Ljava/lang/Object;" : component.descriptor;
            code.add(new MethodInsnNode(INVOKESTATIC, boxOf(component), "hashCode", "(" + of + ")I"));
            code.add(new InsnNode(IADD));
        }
        code.add(new InsnNode(IRETURN));
    }

    private static List<RecordComponentNode> components(ClassNode type) {
        return type.recordComponents == null ? List.of() : type.recordComponents;
    }

    private static void load(InsnList code, ClassNode type, RecordComponentNode component) {
        code.add(new VarInsnNode(ALOAD, 0));
        code.add(new FieldInsnNode(GETFIELD, type.name, component.name, component.descriptor));
    }

    private static boolean isObject(RecordComponentNode component) {
        return Type.getType(component.descriptor).getSort() >= Type.ARRAY;
    }

    /** The class whose static methods compare and hash values of this type. */
    private static String boxOf(RecordComponentNode component) {
        switch (Type.getType(component.descriptor).getSort()) {
            case Type.BOOLEAN:
                return "java/lang/Boolean";
            case Type.BYTE:
                return "java/lang/Byte";
            case Type.CHAR:
                return "java/lang/Character";
            case Type.SHORT:
                return "java/lang/Short";
            case Type.INT:
                return "java/lang/Integer";
            case Type.LONG:
                return "java/lang/Long";
            case Type.FLOAT:
                return "java/lang/Float";
            case Type.DOUBLE:
                return "java/lang/Double";
            default:
                return "java/util/Objects";
        }
    }

    private static void answer(InsnList code, int number) {
        code.add(new LdcInsnNode(number));
        code.add(new InsnNode(IRETURN));
    }

    /**
     * A place that is jumped to. No method made here has a variable beside its arguments, so the frame is the first
     * one.
     */
    private static void land(InsnList code, LabelNode place) {
        code.add(place);
        code.add(new FrameNode(F_SAME, 0, null, 0, null));
    }
}
