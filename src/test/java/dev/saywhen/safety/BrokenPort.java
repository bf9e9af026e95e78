package dev.saywhen.safety;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A port of which one method throws; the others do what the real one does. */
final class BrokenPort {
    private BrokenPort() {}

    static <T> T of(Class<T> port, T real, String method) {
        return of(port, real, method, new IllegalStateException(method + " is broken"));
    }

    static <T> T of(Class<T> port, T real, String method, Throwable thrown) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        throw thrown;
                    }
                    try {
                        return called.invoke(real, arguments);
                    } catch (InvocationTargetException wrapped) {
                        throw wrapped.getCause();
                    }
                }));
    }
}
