// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRegularExpression>
#include <QTextDocument>
#include <algorithm>
#include <cmath>
#include <map>

#include "app/plots/export.hpp"
#include "app/plots/figure_content.hpp"
#include "app/plots/number_text.hpp"
#include "app/report/report.hpp"

namespace rehearse::report {
namespace {

constexpr int kInlineWidth = 760, kInlineHeight = 380;
constexpr std::size_t kTableRows = 200, kColumnsOnPaper = 8;
constexpr int kNumbersOnPaper = 5;

QString escaped(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }

// The body of what Qt makes of the Markdown, without its inline styles.
QString fromMarkdown(const std::string& markdown) {
  QTextDocument document;
  document.setMarkdown(QString::fromStdString(markdown), QTextDocument::MarkdownNoHTML);
  const QString html = document.toHtml();
  static const QRegularExpression body("<body[^>]*>(.*)</body>",
                                       QRegularExpression::DotMatchesEverythingOption);
  static const QRegularExpression style(" style=\"[^\"]*\"");
  QString inner = body.match(html).captured(1);
  return inner.remove(style);
}

// What QTextDocument can lay out on paper: no colour behind the page, titles apart from what is
// above.
constexpr const char* kOnPaper = R"(
body,figure{background:#ffffff}figure h3{margin:18px 0 4px}.see{font-size:11px}
th,td{font-size:10px;padding:3px 8px 3px 0}.key{font-size:17px;font-weight:600}
table{margin-top:8px}
)";

QString styleSheet() {
  const plots::Theme& t = plots::lightTheme();
  return QString(R"(
body{font:15px/1.55 Inter,"DejaVu Sans",sans-serif;color:%1;background:%2;margin:0}
main{max-width:820px;margin:0 auto;padding:32px 24px 64px}
h1{font-size:24px;margin:0 0 4px}h2{font-size:19px;margin:36px 0 8px}h3{font-size:16px;margin:24px 0 6px}
p{max-width:66ch}.sub,.see,figcaption{color:%3}.see{font-size:14px}
figure{background:%4;border:1px solid %5;border-radius:12px;margin:16px 0;padding:16px 20px}
figure h3{margin:0 0 8px}svg{max-width:100%;height:auto}
.numbers{display:flex;flex-wrap:wrap;gap:28px}.numbers b{display:block;font:600 21px "JetBrains Mono","DejaVu Sans Mono",monospace}
.numbers span{color:%3;font-size:13px}
table{border-collapse:collapse;font-size:13px}th{color:%3;font-weight:500;text-align:left}
th,td{padding:4px 14px 4px 0;border-bottom:1px solid %5}td.n,th.n{text-align:right;font-family:"JetBrains Mono","DejaVu Sans Mono",monospace}
.scroll{overflow-x:auto}
pre{background:%4;border:1px solid %5;border-radius:8px;padding:12px 16px;overflow-x:auto;font:13px/1.5 "JetBrains Mono","DejaVu Sans Mono",monospace}
.verdict{border-radius:12px;padding:14px 20px;margin:16px 0;background:%4;border:1px solid %5}
.ok{background:%6}.ok b{color:%7}.bad{background:%8}.bad b{color:%9}
)")
      .arg(t.ink.name(), t.bg.name(), t.muted.name(), t.surface.name(), t.line.name(),
           t.okSoft.name(), t.ok.name(), t.badSoft.name(), t.bad.name());
}

QString columnsHtml(const Frame& frame, const std::vector<std::size_t>& columns) {
  QString html = "<div class=\"scroll\"><table><tr>";
  for (const std::size_t c : columns)
    html += QString("<th%1>%2</th>")
                .arg(frame.column(c).numeric() ? " class=\"n\"" : "",
                     escaped(frame.column(c).name()).replace('_', ' '));
  html += "</tr>";
  std::map<std::size_t, int> places;
  for (const std::size_t c : columns) places[c] = plots::placesOf(frame.column(c));
  for (std::size_t row = 0; row < std::min(frame.rows(), kTableRows); ++row) {
    html += "<tr>";
    for (const std::size_t c : columns)
      html += QString("<td%1>%2</td>")
                  .arg(frame.column(c).numeric() ? " class=\"n\"" : "",
                       plots::cellText(frame.column(c), row, places[c]).toHtmlEscaped());
    html += "</tr>";
  }
  return html + "</table></div>";
}

// On paper a wide table goes on below itself, each time after its first column.
QString tableHtml(const Frame& frame, Medium medium) {
  const std::size_t others = frame.columns() > 0 ? frame.columns() - 1 : 0,
                    room = medium == Medium::paper ? kColumnsOnPaper - 1 : others,
                    parts = others > room ? (others + room - 1) / room : 1;
  QString html;
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<std::size_t> columns;
    if (frame.columns() > 0) columns.push_back(0);
    for (std::size_t c = part * others / parts; c < (part + 1) * others / parts; ++c)
      columns.push_back(c + 1);
    html += columnsHtml(frame, columns);
  }
  if (frame.rows() > kTableRows)
    html += QString("<p class=\"see\">%1 more rows.</p>").arg(frame.rows() - kTableRows);
  return html;
}

QString numbersHtml(const Frame& frame, Medium medium) {
  const Column *name = frame.find("name"), *value = frame.find("value"), *unit = frame.find("unit"),
               *why = frame.find("why");
  if (!name || !value) return tableHtml(frame, medium);
  QString html = "<div class=\"numbers\">", values, names;
  QList<QPair<QString, QString>> rows;  // on paper, of a few numbers each
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const QString of = unit && !unit->missing(row) ? escaped(unit->cell(row)) : QString();
    const double number = value->missing(row) || !value->numeric() ? NAN : value->number(row);
    const QString reason = why && !why->missing(row) ? escaped(why->cell(row)) : QString();
    const QString told = plots::keyNumber(number, of) +
                         (of.isEmpty() || of == "%" ? QString() : " " + of),
                  called = escaped(name->cell(row));
    html += QString("<div title=\"%1\"><b>%2</b><span>%3</span></div>").arg(reason, told, called);
    values += "<td class=\"key\">" + told + "</td>";
    names += "<td>" + called + "</td>";
    if ((static_cast<int>(row) + 1) % kNumbersOnPaper == 0)
      rows.append({values, names}), values.clear(), names.clear();
  }
  if (medium == Medium::screen) return html + "</div>";
  if (!values.isEmpty()) rows.append({values, names});
  QString paper;
  for (const auto& [above, below] : rows)
    paper += "<table><tr>" + above + "</tr><tr>" + below + "</tr></table>";
  return paper;
}

QString html(const Heading& b, Medium) {
  return QString("<h%1>%2</h%1>").arg(std::clamp(b.level, 1, 4)).arg(escaped(b.text));
}
QString html(const Prose& b, Medium) { return fromMarkdown(b.markdown); }
QString html(const Verbatim& b, Medium) { return "<pre>" + escaped(b.text) + "</pre>"; }

QString html(const Banner& b, Medium) {
  const char* tone = b.tone == Banner::Tone::ok ? "ok" : b.tone == Banner::Tone::bad ? "bad" : "";
  return QString("<div class=\"verdict %1\"><b>%2</b>%3</div>")
      .arg(tone, escaped(b.title), b.sentence.empty() ? QString() : " " + escaped(b.sentence));
}

QString html(const Figure& b, Medium medium) {
  const bool plot = plots::isPlotKind(b.kind), paper = medium == Medium::paper;
  QString out = "<figure>";
  if (!b.title.empty()) out += "<h3>" + plots::plainWords(b.title).toHtmlEscaped() + "</h3>";
  if (plot) {
    QString svg =
        QString::fromUtf8(plots::renderSvg(b, plots::lightTheme(), kInlineWidth, kInlineHeight));
    svg.remove(0, std::max<qsizetype>(0, svg.indexOf("<svg")));
    out += QString("<div role=\"img\" aria-label=\"%1\">%2</div>").arg(escaped(b.title), svg);
  } else {
    out += b.kind == "number" ? numbersHtml(b.data, medium) : tableHtml(b.data, medium);
  }
  if (!b.see.empty())
    out += "<p class=\"see\">What to see: " + plots::plainWords(b.see).toHtmlEscaped() + "</p>";
  if (plot && !paper)
    out += "<details><summary>The data</summary>" + tableHtml(b.data, medium) + "</details>";
  return out + "</figure>";
}

}  // namespace

QString toHtml(const Document& document, Medium medium) {
  QString body = "<h1>" + escaped(document.title) + "</h1>";
  if (!document.subtitle.empty()) body += "<p class=\"sub\">" + escaped(document.subtitle) + "</p>";
  for (const auto& block : document.blocks)
    body += std::visit([medium](const auto& b) { return html(b, medium); }, block) + "\n";
  return QString(
             "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
             "<meta name=\"viewport\" "
             "content=\"width=device-width,initial-scale=1\"><title>%1</title><style>%2</style></"
             "head>"
             "<body><main>\n%3</main></body></html>\n")
      .arg(escaped(document.title), styleSheet() + (medium == Medium::paper ? kOnPaper : ""), body);
}

}  // namespace rehearse::report
