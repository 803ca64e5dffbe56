package dev.ajar.testing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/** A connection, without a network, to a server that gives the same answer to every request. */
public final class MemorySocket extends Socket {
    private final InputStream answer;

    public MemorySocket(byte[] answer) {
        this(new ByteArrayInputStream(answer));
    }

    public MemorySocket(InputStream answer) {
        this.answer = answer;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) {}

    @Override
    public void connect(SocketAddress endpoint) {}

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public InputStream getInputStream() {
        return answer;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setReuseAddress(boolean on) {}

    @Override
    public void setSoLinger(boolean on, int linger) {}

    @Override
    public void shutdownInput() {}

    @Override
    public void shutdownOutput() {}
}
