// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report.hpp"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <catch2/catch.hpp>
#include <limits>

using namespace rehearse;

namespace {

Figure plotOf(const std::string& title, std::vector<double> y = {1, 4, 9}) {
  std::vector<double> x(y.size());
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(i);
  Frame::Builder builder;
  builder.add("series", std::vector<std::string>(x.size(), "squares"))
      .add("style", std::vector<std::string>(x.size(), "line"))
      .add("x", x)
      .add("y", std::move(y));
  return {
      "line", title, "x", "x squared", "it curves", Json::object(), *std::move(builder).build()};
}

Figure tableOf(std::vector<std::string> names, std::vector<double> values) {
  Frame::Builder builder;
  builder.add("name", std::move(names)).add("value", std::move(values));
  return {"table", "Values", "", "", "", Json::object(), *std::move(builder).build()};
}

Document small() {
  return {"Squares & roots",
          "seed 7",
          {Heading{2, "One"}, Prose{"Some **bold** prose."}, plotOf("First"), plotOf("Second"),
           Banner{Banner::Tone::bad, "broken", "4 is not 5"}, Verbatim{"local x = 1 < 2"}}};
}

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  REQUIRE(file.open(QIODevice::ReadOnly));
  return file.readAll();
}

}  // namespace

TEST_CASE("report: the page holds every block, in order, and one drawing for each plot") {
  const QString html = report::toHtml(small());
  qsizetype at = 0;
  for (const char* piece :
       {"<h1>Squares &amp; roots</h1>", "seed 7", "<h2>One</h2>", "bold", "<h3>First</h3>", "<svg",
        "it curves", "<h3>Second</h3>", "<svg", "verdict bad", "broken", "4 is not 5",
        "<pre>local x = 1 &lt; 2</pre>"}) {
    INFO(piece);
    at = html.indexOf(piece, at);
    REQUIRE(at >= 0);
  }
  CHECK(html.count("<svg") == 2);
  CHECK(html.count("<details>") == 2);
}

TEST_CASE("report: nothing written into it is markup, and nothing is fetched") {
  Document document = small();
  const std::string evil = "<script>alert(1)</script>";
  document.title = document.subtitle = evil;
  document.blocks = {Heading{2, evil}, Prose{evil},
                     Verbatim{evil},   Banner{Banner::Tone::ok, evil, evil},
                     plotOf(evil),     tableOf({evil}, {1})};
  const QString html = report::toHtml(document);
  CHECK_FALSE(html.contains("<script", Qt::CaseInsensitive));
  static const QRegularExpression fetched("(src|href)=\"(?!#|data:)");
  const auto match = fetched.match(html);
  INFO(html.mid(match.capturedStart(), 120).toStdString());
  CHECK_FALSE(match.hasMatch());
}

TEST_CASE("report: a missing number is a dash, and a long table says what it leaves out") {
  std::vector<double> values(250, 0.5);
  values[0] = std::numeric_limits<double>::quiet_NaN();
  Document document{"Long", "", {tableOf(std::vector<std::string>(250, "row"), values)}};
  const auto read = document_from_json(Json::parse(to_json(document).dump()));
  REQUIRE(read);  // NaN has no JSON: it arrives missing
  const QString html = report::toHtml(*read);
  CHECK(html.contains(QStringLiteral("<td class=\"n\">–</td>")));
  CHECK(html.count("<td>row</td>") == 200);
  CHECK(html.contains("50 more rows"));
}

TEST_CASE("report: numbers carry their unit and why") {
  Frame::Builder builder;
  builder.add("name", std::vector<std::string>{"log loss"})
      .add("value", std::vector<double>{0.25})
      .add("unit", std::vector<std::string>{"nats"})
      .add("why", std::vector<std::string>{"mean of \"-ln p\""});
  const Figure figure{"number", "N", "", "", "", Json::object(), *std::move(builder).build()};
  const QString html = report::toHtml({"T", "", {figure}});
  CHECK(html.contains("title=\"mean of &quot;-ln p&quot;\"><b>0.25 nats</b><span>log loss"));
}

TEST_CASE("report: the ending chooses the kind of file") {
  const QTemporaryDir folder;
  const auto write = [&](const char* name) {
    const QString path = folder.filePath(name);
    const auto written = report::writeReport(small(), path);
    INFO((written ? "" : written.error().message));
    REQUIRE(written);
    return bytesOf(path);
  };
  CHECK(write("a.html").startsWith("<!doctype html>"));
  CHECK(write("a.HTM").startsWith("<!doctype html>"));
  const QByteArray pdf = write("a.pdf");
  CHECK(pdf.startsWith("%PDF-"));
  CHECK(pdf.count("/Subtype /Image") >= 2);
  const QImage png = QImage::fromData(write("a.png"), "PNG");
  CHECK(png.size() == QSize(1520, 840));
  QXmlStreamReader svg(write("a.svg"));
  int polylines = 0;
  while (!svg.atEnd())
    if (svg.readNext() == QXmlStreamReader::StartElement) polylines += svg.name() == u"polyline";
  CHECK_FALSE(svg.hasError());
  CHECK(polylines > 0);
}

TEST_CASE("report: what cannot be written says why and leaves nothing") {
  const QTemporaryDir folder;
  const auto error = [&](const Document& document, const QString& name) {
    const auto written = report::writeReport(document, folder.filePath(name));
    REQUIRE_FALSE(written);
    return written.error().message;
  };
  using Catch::Matchers::Contains;
  CHECK_THAT(error(small(), "a.docx"), Contains(".html") && Contains(".pdf"));
  CHECK_THAT(error(small(), "a"), Contains(".html"));
  CHECK_THAT(error({"T", "", {Heading{2, "no plot"}}}, "a.png"), Contains("no plot"));
  CHECK_THAT(error(small(), "missing/a.html"), Contains("missing/a.html"));
  CHECK(QDir(folder.path()).isEmpty());
}

TEST_CASE("report: the same document gives the same bytes") {
  CHECK(report::toHtml(small()) == report::toHtml(small()));
}

TEST_CASE("report: on paper a wide table goes on below itself, and key numbers stand in a row") {
  Frame::Builder wide;
  wide.add("name", std::vector<std::string>{"a"});
  for (int i = 0; i < 8; ++i) wide.add("c" + std::to_string(i), std::vector<double>{i + 0.5});
  const Figure table{"table", "T", "", "", "", Json::object(), *std::move(wide).build()};
  const QString paper = report::toHtml({"T", "", {table}}, report::Medium::paper);
  CHECK(paper.count("<th>name</th>") == 2);
  CHECK(paper.count("<th class=\"n\">c7</th>") == 1);
  CHECK(report::toHtml({"T", "", {table}}).count("<th>name</th>") == 1);
  Frame::Builder numbers;
  numbers.add("name", std::vector<std::string>{"log loss", "excess log loss"})
      .add("value", std::vector<double>{0.2573, 1.1907})
      .add("unit", std::vector<std::string>{"", "%"});
  const Figure key{"number", "N", "", "", "", Json::object(), *std::move(numbers).build()};
  const QString row = report::toHtml({"T", "", {key}}, report::Medium::paper);
  CHECK(row.contains("0.2573</td><td class=\"key\">119.1%</td>"));
}
