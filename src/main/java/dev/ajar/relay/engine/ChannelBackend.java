package dev.ajar.relay.engine;

import dev.ajar.relay.Refusal;
import dev.ajar.relay.engine.loop.EmptyDatagram;
import dev.ajar.relay.engine.loop.EventLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;

/** On Netty's channel, for systems without epoll. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails comes through the pipeline.
final class ChannelBackend extends ChannelInboundHandlerAdapter implements UdpBackend {
    private final DatagramChannel channel;
    private final Answers answers;
    private final ChannelFuture connecting;

    /** @throws IOException when the device cannot be reached, which the system mostly tells at once */
    ChannelBackend(DatagramChannel channel, EventLoops.Loop loop, InetSocketAddress device, Answers answers)
            throws IOException {
        this.channel = channel;
        this.answers = answers;
        channel.pipeline().addLast(this);
        loop.group().register(channel);
        this.connecting = channel.connect(device);
        if (connecting.isDone() && !connecting.isSuccess()) {
            // Its session does not exist yet, so that there is none to end.
            channel.close();
            throw new IOException(connecting.cause());
        }
        connecting.addListener(reached -> {
            if (!reached.isSuccess()) {
                answers.ended(Refusal.DEVICE_REFUSED);
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        answers.answer(message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        answers.complete();
    }

    /** Mostly an ICMP error that no program listens on the device's port: one may start to. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        answers.refused(Refusal.DEVICE_REFUSED);
    }

    @Override
    public boolean isCongested() {
        return !channel.isWritable();
    }

    @Override
    public void send(ByteBuf bytes) {
        if (bytes.isReadable()) {
            channel.write(UdpSessionTable.compact(bytes, channel), channel.voidPromise());
            return;
        }
        bytes.release();
        if (connecting.isSuccess()) {
            sendEmpty();
        } else {
            // Netty connects a moment later, and a datagram sent past it would be lost.
            connecting.addListener(reached -> sendEmpty());
        }
    }

    private void sendEmpty() {
        try {
            EmptyDatagram.send(channel, null);
        } catch (IOException e) {
            answers.refused(Refusal.CONGESTED);
        }
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void close() {
        channel.close();
    }
}
