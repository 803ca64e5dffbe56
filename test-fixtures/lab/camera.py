"""A camera: an RTSP server on port 554 whose picture is the colour bars of television, 320 by 240, as motion JPEG.

    camera.py PASSWORD     the user is "friend"; prints "ready"
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

PICTURE = (
    "( videotestsrc is-live=true ! video/x-raw,format=I420,width=320,height=240,framerate=10/1"
    " ! jpegenc ! rtpjpegpay name=pay0 pt=26 )"
)

Gst.init(None)
server = GstRtspServer.RTSPServer(service="554")

factory = GstRtspServer.RTSPMediaFactory(launch=PICTURE, shared=True)
may_watch = GstRtspServer.RTSPToken()
may_watch.set_string("media.factory.role", "friend")
entry = GstRtspServer.RTSPAuth()
entry.add_basic(GstRtspServer.RTSPAuth.make_basic("friend", sys.argv[1]), may_watch)
server.set_auth(entry)
factory.add_role_from_structure(
    Gst.Structure.from_string("friend, media.factory.access=(boolean)true, media.factory.construct=(boolean)true")[0]
)
server.get_mount_points().add_factory("/garden", factory)
server.attach(None)
print("ready", flush=True)
GLib.MainLoop().run()
