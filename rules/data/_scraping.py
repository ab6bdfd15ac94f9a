"""Sourcing, option "scraping": code that collects data from web pages or web APIs."""

from __future__ import annotations

from mlcoach.rule import Facts, Hit, Regex, TextHit, calls, imports

BROWSERS = imports(
    "scrapy", "selenium", "playwright", "pyppeteer", "splinter", "mechanicalsoup", "mechanize", "requests_html", "robobrowser",
    "crawlee", "crawl4ai", "firecrawl", "newspaper", "newsplease", "trafilatura", "goose3", "icrawler", "google_images_download",
    "bing_image_downloader", "simple_image_download", "undetected_chromedriver", "seleniumwire", "autoscraper", "pdfkit",
    "img2dataset", "duckduckgo_search", "ddgs", "jmd_imagescraper", note="a web scraper",
)  # fmt: skip
SOCIAL = imports(
    "tweepy", "twython", "twint", "snscrape", "twarc", "twitter", "TwitterAPI", "TwitterSearch", "praw", "asyncpraw", "psaw", "pmaw",
    "facebook_scraper", "facebook", "instaloader", "instagrapi", "telethon", "pyrogram", "youtube_transcript_api", "youtube_dl",
    "yt_dlp", "pytube", "pytubefix", "youtube_comment_downloader", "google_play_scraper", "app_store_scraper", "lyricsgenius",
    "feedparser", "newsapi", "eventregistry", "flickrapi", note="a platform's API",
)  # fmt: skip
SERVICES = imports(
    "spotipy", "pylast", "pytrends", "serpapi", "googlesearch", "wikipedia", "wikipediaapi", "pywikibot", "mwclient", "SPARQLWrapper",
    "gdelt", "yfinance", "pandas_datareader", "yahoo_fin", "yahooquery", "alpha_vantage", "quandl", "nasdaqdatalink", "fredapi",
    "ccxt", "binance", "tushare", "akshare", "baostock", "finnhub", "tiingo", "iexfinance", "cryptocompare", "pycoingecko", "nba_api",
    "pybaseball", "fastf1", "soccerdata", "sportsipy", "sportsreference", "riotwatcher", "imdb", "tmdbv3api", "tmdbsimple", "arxiv",
    "scholarly", "semanticscholar", "habanero", "pymed", "metapub", "Bio.Entrez", "pubchempy", "chembl_webresource_client",
    "meteostat", "cdsapi", "openmeteo_requests", "pyowm", "wwo_hist", "sentinelsat", "sentinelhub", "overpy", "osmnx", "sodapy",
    "ghapi", "pydriller", "waybackpy", "noaa_sdk", note="a web API",
)  # fmt: skip
LOADERS = calls(
    "WebBaseLoader", "SitemapLoader", "RecursiveUrlLoader", "AsyncHtmlLoader", "AsyncChromiumLoader", "UnstructuredURLLoader",
    "SeleniumURLLoader", "PlaywrightURLLoader", "FireCrawlLoader", "YoutubeLoader", "SimpleWebPageReader", "BeautifulSoupWebReader",
    "TrafilaturaWebReader", note="loads web pages",
)  # fmt: skip
SEARCH = calls("googleapiclient.discovery.build", "apiclient.discovery.build", note="a platform's API")
REQUESTS = calls(
    "requests.get", "requests.request", "requests.Session", "httpx.get", "httpx.AsyncClient", "httpx.Client",
    "aiohttp.ClientSession", "session.get", "urllib.request.urlopen", "urllib2.urlopen", "urllib.urlopen", "urllib3.PoolManager",
    note="asks a web address",
)  # fmt: skip
PARSERS = calls(
    "BeautifulSoup",
    "lxml.html.fromstring",
    "etree.HTML",
    "PyQuery",
    "HTMLParser",
    "find_all",
    "findAll",
    note="parses web pages",
)
TABLES = calls("read_html", note="reads tables of web pages")
JSON = calls("json", "json.loads", "json_normalize", note="JSON of a web API")
SERVER = imports(
    "streamlit",
    "gradio",
    "fastapi",
    "flask",
    "locust",
    "telegram",
    "dash",
    "langchain*",
    "llama_index",
    "crewai",
    "autogen",
    "smolagents",
    note="serves people",
)

ARCHIVES = calls("extractall", "unpack_archive", "tarfile.*", "zipfile.*", note="unpacks a published archive")

OWN_SERVICE = Regex(
    r"(?i)localhost|127\.0\.0\.1|0\.0\.0\.0|predict|health|backend|slack|webhook|telegram|api\.github\.com|pypi\.org|ollama|openai"
    r"|mlflow|airflow|huggingface|metadata|169\.254|\bauth\b|login|releases?/latest|/version|check_?update|\.(?:zip|gz|tar|tgz|csv|pt|pth|h5|onnx|pkl|txt|tsv|parquet)\b"
)
CLIENT = Regex(
    r"(?i)(?:^|[/_])(?:front_?end|client\w*|ui|streamlit\w*|gradio\w*|demo\w*|infer\w*|predict\w*|serve\w*|locust\w*|health\w*"
    r"|notif\w*|alert\w*|chatbot\w*)(?:[/_.]|$)"
)
WAITING = Regex(r"(?i)wait|poll|status|health|ping")
COMMANDS = (
    r"\b(?:ripme|gallery-dl|youtube-dl|yt-dlp|scrapy crawl|googleimagesdownload|instaloader|snscrape|httrack"
    r"|wget (?:-r|-m|--mirror|--recursive))\b"
)
COMMAND_WORDS = (
    "ripme", "gallery-dl", "youtube-dl", "yt-dlp", "scrapy", "googleimagesdownload", "instaloader", "snscrape", "httrack", "wget -",
)  # fmt: skip
COLLECTOR = Regex(r"(?i)(?:^|[/_])(?:scrap\w*|crawl\w*|spiders?|harvest\w*)(?:[/_.]|$)")


def scraping(facts: Facts) -> tuple[list[Hit | TextHit], list[Hit]]:
    """(what collects pages and posts, what asks an API for ready records). A request counts when its answer is parsed.

    A module of the project's own may bear the name of a platform's package: it is none.
    """
    requests = [
        hit
        for hit in facts.code.find(REQUESTS)
        if not OWN_SERVICE.search(hit.args) and not CLIENT.search(hit.path) and not WAITING.search(hit.inside)
    ]
    with_parser = facts.code.files_with(PARSERS)
    answers = {(hit.path, hit.inside) for hit in facts.code.find(JSON)}
    pages = [hit for hit in requests if hit.path in with_parser or COLLECTOR.search(hit.path)]
    aside = facts.code.files_with(SERVER, ARCHIVES)
    apis = [hit for hit in requests if (hit.path, hit.inside) in answers and hit.path not in aside]
    search = [hit for hit in facts.code.find(SEARCH) if "youtube" in hit.args or "customsearch" in hit.args]
    own = facts.code.own_modules
    platforms = [hit for hit in facts.code.find(SOCIAL) if hit.name.partition(".")[0] not in own]
    services = [hit for hit in facts.code.find(SERVICES) if hit.name.partition(".")[0] not in own]
    commands = facts.texts.find(COMMANDS, "*.sh", "*akefile*", "dvc.yaml", "*.bat", words=COMMAND_WORDS)
    collected: list[Hit | TextHit] = [
        *facts.code.find(BROWSERS),
        *pages,
        *platforms,
        *facts.code.find(LOADERS),
        *search,
        *commands,
    ]
    return collected, [*facts.code.find(TABLES), *services, *apis]
