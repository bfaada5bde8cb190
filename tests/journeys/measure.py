"""What can be measured of a page as it is drawn: text that does not fit, and edges that cannot be seen."""

from playwright.sync_api import Page

# WCAG 2.2, 1.4.12: what a reader may set. Put in as a constructed stylesheet: the content policy allows no other.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
ADOPT = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
}"""
TALK = """
    const named = element => `${element.tagName.toLowerCase()}.${element.className}`.split(' ')[0]
        + ` "${(element.value || element.textContent).trim().replace(/\\s+/g, ' ').slice(0, 50)}"`;
    const style = element => getComputedStyle(element);
    const ancestors = element => element === document.body ? [] : [element, ...ancestors(element.parentElement)];
    const isDrawn = element => element.checkVisibility({visibilityProperty: true})
        && !ancestors(element).some(one => style(one).clipPath !== 'none' || one.matches('.nl-skip-link'));
"""
UNFIT = f"""() => {{
    {TALK}
    const faults = new Set();
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {{
        const node = walker.currentNode;
        if (!node.data.trim() || !isDrawn(node.parentElement)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) if (box.width > 0) texts.push({{element: node.parentElement, box}});
    }}
    for (const {{element, box}} of texts) {{
        if (box.left < -1 || box.right > document.documentElement.clientWidth + 1)
            faults.add(`beyond the page: ${{named(element)}}`);
        const slack = box.height / 4;
        for (const one of ancestors(element).filter(one => !style(one).display.startsWith('inline')
            || style(one).display.startsWith('inline-'))) {{
            const around = one.getBoundingClientRect();
            if (box.left < around.left - 1 || box.right > around.right + 1
                || box.top < around.top - slack || box.bottom > around.bottom + slack)
                faults.add(`sticks out of ${{named(one)}}: ${{named(element)}}`);
        }}
    }}
    texts.forEach((first, index) => texts.slice(index + 1).forEach(second => {{
        if (first.element === second.element) return;
        const wide = Math.min(first.box.right, second.box.right) - Math.max(first.box.left, second.box.left);
        const high = Math.min(first.box.bottom, second.box.bottom) - Math.max(first.box.top, second.box.top);
        if (wide > 1 && high > Math.min(first.box.height, second.box.height) / 3)
            faults.add(`overlap: ${{named(first.element)}} and ${{named(second.element)}}`);
    }}));
    for (const field of document.querySelectorAll('input:not([type=hidden])')) {{
        if (field.scrollWidth > field.clientWidth + 1 || field.scrollHeight > field.clientHeight + 1)
            faults.add(`does not show all: ${{named(field)}}`);
    }}
    const beyond = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (beyond > 0) faults.add(`the page scrolls ${{beyond}} px sideways`);
    return [...faults];
}}"""
# Boxes and dots are drawn by the browser itself; what looks like a link within the text has no edge.
EDGELESS = f"""() => {{
    {TALK}
    const paper = style(document.documentElement).backgroundColor;
    const hasEdge = element => ['Top', 'Right', 'Bottom', 'Left'].every(side =>
        parseFloat(style(element)[`border${{side}}Width`]) >= 1
        && !['none', 'hidden'].includes(style(element)[`border${{side}}Style`])
        && style(element)[`border${{side}}Color`] !== paper
        && style(element)[`border${{side}}Color`] !== 'rgba(0, 0, 0, 0)');
    const isNative = element => ['radio', 'checkbox'].includes(element.type) && style(element).appearance === 'auto';
    const isLink = element => style(element).textDecorationLine === 'underline';
    return [...document.querySelectorAll('button, a.nl-button, input:not([type=hidden]), select, textarea')]
        .filter(isDrawn)
        .filter(element => !hasEdge(element) && !isNative(element) && !isLink(element))
        .map(named);
}}"""
FOCUSED = f"""() => {{
    {TALK}
    const element = document.activeElement;
    const isLined = style(element).outlineStyle !== 'none' && parseFloat(style(element).outlineWidth) >= 2;
    return element === document.body || isLined ? '' : named(element);
}}"""


def space_text(page: Page) -> None:
    """Set the text of a page as wide as a reader may."""
    page.evaluate(ADOPT, SPACING)


def set_as_it_was(page: Page) -> None:
    """Take away what a reader set."""
    page.evaluate(ADOPT, "")


def unfit(page: Page) -> list[str]:
    """Give every text that is cut off, sticks out of its box, lies over another one, or pushes the page sideways."""
    found: list[str] = page.evaluate(UNFIT)
    return found


def without_edge(page: Page) -> list[str]:
    """Give every button and field whose edge cannot be seen."""
    found: list[str] = page.evaluate(EDGELESS)
    return found


def unseen_focus(page: Page) -> list[str]:
    """Give what has the focus without a line around it; nothing when it has one, or when nothing has the focus."""
    found: str = page.evaluate(FOCUSED)
    return [found] if found else []
