package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntSupplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Does what an inner or anonymous class uses of its surroundings travel with it? */
@NullUnmarked
class PayloadInnerClassTest {
    private static class Base {
        private final int number;

        Base(int number) {
            this.number = number;
        }

        class Inner {
            int ofBase() {
                return number;
            }
        }
    }

    private static final class Outer {
        private final int number;

        Outer(int number) {
            this.number = number;
        }

        private final class Inner {
            int twice() {
                return 2 * number;
            }
        }

        private final class Deeper {
            private final class InnerOfBoth extends Base.Inner {
                InnerOfBoth(Base base) {
                    base.super();
                }

                int sum() {
                    return number + ofBase();
                }
            }
        }

        IntSupplier anonymous(int more) {
            return new IntSupplier() {
                @Override
                public int getAsInt() {
                    return number + more;
                }
            };
        }
    }

    @Test
    void theEnclosingInstanceTravelsWithTheInnerOne() throws PayloadException {
        assertThat(Travel.travelled(new Outer(21).new Inner()).twice()).isEqualTo(42);
    }

    @Test
    void theEnclosingInstancesOfASuperclassTravelToo() throws PayloadException {
        Outer.Deeper.InnerOfBoth inner = new Outer(40).new Deeper().new InnerOfBoth(new Base(2));
        assertThat(Travel.travelled(inner).sum()).isEqualTo(42);
    }

    @Test
    void whatAnAnonymousClassCapturedTravelsWithIt() throws PayloadException {
        assertThat(Travel.travelled(new Outer(40).anonymous(2)).getAsInt()).isEqualTo(42);
    }
}
