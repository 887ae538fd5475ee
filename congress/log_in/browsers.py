"""A browser in words that its owner recognises: Chrome（Windows）, 微信（安卓手机）."""

#: What stands in the header, and the name; the first that is found, as most claim to be others too.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("QQBrowser", "QQ浏览器"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_named(agent: str) -> str:
    """``agent`` is the header User-Agent; anybody may have sent anything in it."""
    browser, system = (
        next((name for sign, name in names if sign in agent), "") for names in (BROWSERS, SYSTEMS)
    )
    return f"{browser or '其他浏览器'}（{system}）" if system else browser or "其他浏览器"
