"""Sourcing, option "scraping": code that collects data from web pages or web APIs."""

from __future__ import annotations

import re

from mlcoach.rule import Facts, Hit, calls, imports

BROWSERS = imports(
    "scrapy", "selenium", "playwright", "pyppeteer", "splinter", "mechanicalsoup", "mechanize", "requests_html", "robobrowser", "crawlee",
    "crawl4ai", "firecrawl", "newspaper", "newsplease", "trafilatura", "goose3", "icrawler", "google_images_download", "bing_image_downloader",
    "simple_image_download", "undetected_chromedriver", "seleniumwire", "helium", "autoscraper", "pdfkit", "img2dataset", "duckduckgo_search",
    note="a web scraper",
)  # fmt: skip
PLATFORMS = imports(
    "tweepy", "twython", "twint", "snscrape", "twarc", "twitter", "TwitterAPI", "TwitterSearch", "praw", "asyncpraw", "psaw", "pmaw", "facebook_scraper",
    "facebook", "instaloader", "instagrapi", "telethon", "pyrogram", "youtube_transcript_api", "youtube_dl", "yt_dlp", "pytube", "pytubefix",
    "youtube_comment_downloader", "google_play_scraper", "app_store_scraper", "spotipy", "lyricsgenius", "pylast", "pytrends", "serpapi",
    "googlesearch", "wikipedia", "wikipediaapi", "pywikibot", "mwclient", "SPARQLWrapper", "feedparser", "newsapi", "eventregistry", "gdelt",
    "yfinance", "pandas_datareader", "yahoo_fin", "yahooquery", "alpha_vantage", "quandl", "nasdaqdatalink", "fredapi", "ccxt", "binance", "tushare",
    "akshare", "baostock", "finnhub", "polygon", "tiingo", "iexfinance", "cryptocompare", "pycoingecko", "nba_api", "pybaseball", "fastf1",
    "understatapi", "soccerdata", "sportsipy", "sportsreference", "chess.com", "riotwatcher", "steam", "imdb", "tmdbv3api", "tmdbsimple",
    "arxiv", "scholarly", "semanticscholar", "crossref", "habanero", "pymed", "metapub", "Bio.Entrez", "pubchempy", "chembl_webresource_client",
    "meteostat", "cdsapi", "openmeteo_requests", "pyowm", "wwo_hist", "sentinelsat", "sentinelhub", "overpy", "osmnx", "sodapy", "github3", "ghapi",
    "pydriller", "flickrapi", "pinterest", "nytimesarticle", "internetarchive", "waybackpy", "mwparserfromhell", note="a platform's API",
)  # fmt: skip
YOUTUBE = calls("googleapiclient.discovery.build", "apiclient.discovery.build", note="a platform's API")
REQUESTS = calls(
    "requests.get", "requests.request", "requests.Session", "httpx.get", "httpx.AsyncClient", "httpx.Client", "aiohttp.ClientSession", "session.get",
    "urllib.request.urlopen", "urllib2.urlopen", "urllib.urlopen", "urlopen", "urllib3.PoolManager", "http.request", note="asks a web address",
)  # fmt: skip
PARSERS = calls(
    "BeautifulSoup", "bs4.BeautifulSoup", "lxml.html.fromstring", "html.fromstring", "etree.HTML", "lxml.etree.HTML", "PyQuery", "Selector",
    "HTMLParser", "soup.find_all", "find_all", "findAll", note="parses web pages",
)  # fmt: skip
TABLES = calls("pd.read_html", "pandas.read_html", note="reads tables of web pages")
JSON = calls("json", "json.loads", "json_normalize", note="JSON of a web API")
SAVED = calls("urlretrieve", note="saves web pages")

OWN_SERVICE = re.compile(
    r"(?i)localhost|127\.0\.0\.1|0\.0\.0\.0|predict|health|backend|slack|webhook|telegram|api\.github\.com|raw\.githubusercontent|pypi\.org|ollama"
    r"|openai|mlflow|airflow|huggingface|metadata|169\.254|\bauth\b|login|token\b.*url|\.(?:zip|gz|tar|tgz|csv|pt|pth|h5|onnx|pkl|txt|tsv|parquet)\b"
)
CLIENT = re.compile(
    r"(?i)(?:^|[/_])(?:front_?end|client\w*|ui|streamlit\w*|gradio\w*|demo\w*|infer\w*|predict\w*|serve\w*|locust\w*|health\w*|notif\w*|alert\w*|chatbot\w*|api_test\w*)"
    r"(?:[/_.]|$)"
)


def scraping(facts: Facts) -> list[Hit]:
    """Scrapers and platform APIs, then web requests whose answer the same function parses."""
    requests = [
        hit
        for hit in facts.code.find(REQUESTS)
        if not OWN_SERVICE.search(hit.args) and not CLIENT.search(hit.path) and "stream=True" not in hit.args
    ]
    parsed = facts.code.find(PARSERS)
    with_parser = {hit.path for hit in parsed}
    answers = {(hit.path, hit.inside) for hit in facts.code.find(JSON)}
    pages = [hit for hit in requests if hit.path in with_parser]
    apis = [hit for hit in requests if (hit.path, hit.inside) in answers]
    rows = [hit for hit in facts.code.find(SAVED) if hit.loops and "iterrows" in hit.text]
    youtube = [hit for hit in facts.code.find(YOUTUBE) if "youtube" in hit.args or "customsearch" in hit.args]
    return [*facts.code.find(BROWSERS), *pages, *facts.code.find(TABLES, PLATFORMS), *youtube, *apis, *rows]
