// SPDX-License-Identifier: GPL-3.0-or-later
//
// rehearse-desktop: the window, and the renderer of reports.
//
//   rehearse-desktop [--home DIR] [--page NAME] [--theme light|dark]
//   rehearse-desktop --render DOCUMENT.json --out FILE.html|.pdf|.png|.svg
//   rehearse-desktop --shot FILE.png --page NAME …       one page as a picture, for documents and
//   tests
#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QRegularExpression>
#include <QTextStream>
#include <QTimer>

#include "app/gui/history_trouble_dialog.hpp"
#include "app/gui/main_window.hpp"
#include "app/present/app_context.hpp"
#include "app/present/daily_backup.hpp"
#include "app/report/report.hpp"
#include "engine/base/read.hpp"

namespace {

using namespace rehearse;

constexpr int kDone = 0, kWrongCall = 2, kOurFault = 3;
// After the first paint and what a start still has to do.
constexpr int kBackupAfterMs = 1500;

int complain(const Error& error) {
  QTextStream(stderr) << QString::fromStdString(error.message) << "\n";
  return error.code == Code::internal ? kOurFault : kWrongCall;
}

int render(const QString& job, const QString& out) {
  auto text = read_file(job.toStdString());
  if (!text) return complain(text.error());
  const Json json = Json::parse(*text, nullptr, false);
  if (json.is_discarded()) return complain({Code::bad_data, job.toStdString() + ": not JSON"});
  auto document = document_from_json(json);
  if (!document) return complain(document.error());
  if (auto written = report::writeReport(*document, out); !written)
    return complain(written.error());
  return kDone;
}

// Whoever started from a menu sees no terminal: what keeps the history shut is said in a dialog
// too, which offers the way out, for as long as the user tries again. Not where nobody could see
// it.
Result<std::unique_ptr<present::AppContext>> openHistory(const std::string& home, bool seen) {
  for (;;) {
    auto context = present::AppContext::open(home);
    if (context || !seen) return context;
    QTextStream(stderr) << QString::fromStdString(context.error().message) << "\n";
    const bool dark = QApplication::palette().window().color().lightness() < 128;
    gui::HistoryTroubleDialog dialog(present::troubleWith(context.error(), home),
                                     plots::themeNamed(dark ? "dark" : "light"));
    if (dialog.exec() != QDialog::Accepted) return fail(Code::cancelled, "left without a window");
  }
}

// What the flags ask of the window.
Result<void> dress(gui::MainWindow& window, const QCommandLineParser& flags) {
  const QString theme = flags.value("theme"), size = flags.value("size"),
                page = flags.value("page");
  if (!flags.positionalArguments().isEmpty())
    return fail(Code::invalid_argument, "unknown argument {}; --help lists what there is",
                flags.positionalArguments().first().toStdString());
  if (flags.isSet("theme")) {
    if (theme != "light" && theme != "dark")
      return fail(Code::invalid_argument, "--theme {}: write light or dark", theme.toStdString());
    window.setThemeByName(theme);
  }
  if (flags.isSet("size")) {
    static const QRegularExpression shape("^(\\d{3,5})x(\\d{3,5})$");
    const auto match = shape.match(size);
    if (!match.hasMatch())
      return fail(Code::invalid_argument, "--size {}: write width x height in pixels, as 1440x900",
                  size.toStdString());
    window.resize(match.captured(1).toInt(), match.captured(2).toInt());
  }
  if (flags.isSet("page") && !window.openPage(page))
    return fail(
        Code::invalid_argument,
        "--page {}: there is no such page; write today, drills, designs, study, progress, files, "
        "settings, drill:ID, set:ID, design:ID, card:ID or file:PATH",
        page.toStdString());
  return {};
}

// Says so on stdout, and leaves, once the window was painted and its event loop answers: what a
// person waits for at the start. tests/bench/gui_start_bench.cpp waits for the line.
class UntilPainted : public QObject {
 public:
  explicit UntilPainted(gui::MainWindow* window) : QObject(window) {
    window->installEventFilter(this);
  }
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::Paint) {
      watched->removeEventFilter(this);
      QTimer::singleShot(0, this, [] {
        QTextStream(stdout) << "painted" << Qt::endl;
        QApplication::exit(kDone);
      });
    }
    return false;
  }
};

bool wants_offscreen(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (QByteArray(argv[i]) == "--render") return true;
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  if (wants_offscreen(argc, argv)) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_LOGGING_RULES", "*.warning=false");  // of a machine without a desktop
  }
  QApplication app(argc, argv);
  QApplication::setApplicationName("rehearse");
  QApplication::setApplicationDisplayName("Rehearse");
  QApplication::setFont(plots::textFont(plots::kTextPx));
  QCommandLineParser parser;
  parser.addHelpOption();
  parser.addOptions(
      {{"render", "Render a report.", "document"},
       {"out", "Where the report goes.", "file"},
       {"home", "The data folder.", "dir"},
       {"page",
        "Open on this page: today, drills, designs, study, progress, files, settings, drill:ID, "
        "set:ID, design:ID, card:ID, file:PATH.",
        "name"},
       {"theme", "light or dark.", "name"},
       {"size", "Window size, as 1440x900.", "size"},
       {"shot", "Save a picture of the window when it has settled, and leave.", "file"}});
  QCommandLineOption until_painted("until-painted");
  until_painted.setFlags(QCommandLineOption::HiddenFromHelp);
  parser.addOption(until_painted);
  parser.process(app);
  if (parser.isSet("render")) return render(parser.value("render"), parser.value("out"));
  const bool seen = !parser.isSet("shot") && !parser.isSet(until_painted) &&
                    QApplication::platformName() != "offscreen" &&
                    QApplication::platformName() != "minimal";
  auto context = openHistory(parser.value("home").toStdString(), seen);
  if (!context) return complain(context.error());
  gui::MainWindow window(**context);
  if (auto set = dress(window, parser); !set) return complain(set.error());
  if (parser.isSet(until_painted)) new UntilPainted(&window);
  window.show();
  QTimer::singleShot(kBackupAfterMs, context->get(),
                     [&context] { present::backUpDaily(**context); });
  if (parser.isSet("shot")) window.shootWhenSettled(parser.value("shot"));
  return QApplication::exec();
}
