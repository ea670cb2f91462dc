// SPDX-License-Identifier: GPL-3.0-or-later
//
// A product of its own for the tests of the window: two drills, a design, three cards with a
// formula, and an empty home, all in a folder that goes when the test ends.
#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <catch2/catch.hpp>
#include <functional>

#include "app/present/app_context.hpp"

namespace rehearse::test {

inline void writeFile(const QString& path, const QByteArray& text) {
  QDir().mkpath(QFileInfo(path).path());
  QFile file(path);
  REQUIRE(file.open(QIODevice::WriteOnly));
  REQUIRE(file.write(text) == text.size());
}

inline const char* kDrill = R"(return drill {
  id = "add-two", title = "Add two numbers", category = "warm-up", level = "easy", minutes = 1,
  covers = {}, signature = "add(a: int, b: int) -> int",
  statement = "Return `a + b`.",
  examples = { { args = { 1, 2 }, result = 3, note = "One and two." } },
  limits = { time_ms = 1000, memory_mb = 64 },
  cases = function(rand, case)
    case { name = "zero", args = { 0, 0 } }
    case { name = "negative", args = { -3, 1 } }
  end,
  compare = "exact",
  oracle = function(args) return args[1] + args[2] end,
  reference = { lua = "function add(a, b) return a + b end" },
  wrong = {
    { name = "subtracts", verdict = "WA", why = "It subtracts.", code = "function add(a, b) return a - b end" },
    { name = "loses signs", verdict = "WA", why = "It drops the sign.", code = "function add(a, b) return math.abs(a) + b end" },
    { name = "returns nothing", verdict = "WA", why = "It returns nothing.", code = "function add(a, b) end" },
  },
  hints = { { text = "Use the plus sign.", cost_min = 0.5 } },
  follow_ups = { { ask = "And floats?", answer = "The same." } },
  explain = "Addition.",
}
)";

inline QByteArray card(const QByteArray& id, const QByteArray& title, const QByteArray& questions) {
  return "+++\nid = \"" + id + "\"\nkind = \"concept\"\ntitle = \"" + title +
         "\"\narea = \"ml\"\ncovers = []\nminutes = 2\nrevision = 1\ndrills = "
         "[\"add-two\"]\n+++\n## In thirty seconds\n\nText of " +
         title + " with {{formula:half}}.\n\n## Questions\n\n" + questions;
}

class Product {
 public:
  Product() {
    REQUIRE(m_folder.isValid());
    writeFile(path("product/drills/warm-up/add-two.lua"), kDrill);
    QDir().mkpath(path("product/designs"));
    writeFile(path("product/content/formulas.toml"),
              "[half]\ntex = \"\\\\frac12\"\nalt = \"one half\"\n");
    writeFile(path("product/content/formulas/half.svg"),
              "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><rect width=\"40\" "
              "height=\"20\" fill=\"currentColor\"/></svg>");
    writeFile(
        path("product/content/basics/half.md"),
        card(
            "half", "A half",
            "### numeric\n\nHow much is a half?\n\n```toml\nanswer = 0.5\ntolerance = 0.01\n```\n\n"
            "### recall\n\nTwice a half?\n\n```toml\nanswer = \"One.\"\n```\n"));
    writeFile(
        path("product/content/basics/choice.md"),
        card("choice", "B choice",
             "### choice\n\nWhich?\n\n```toml\noptions = [\"this\", \"that\"]\nanswer = 1\n```\n"));
    writeFile(path("product/content/basics/plain.md"), card("plain", "C plain", ""));
    qputenv("REHEARSE_DATA", path("product").toUtf8());
  }
  QString path(const QString& below) const { return m_folder.path() + "/" + below; }
  QString home() const { return path("home"); }

  std::unique_ptr<present::AppContext> open() const {
    auto context = present::AppContext::open(home().toStdString());
    if (!context) FAIL(context.error().message);
    return std::move(*context);
  }

 private:
  QTemporaryDir m_folder;
};

// Runs the event loop until `done` or the time is over; the bound only ends a test that hangs.
inline bool waitFor(const std::function<bool()>& done, int boundMs = 60000) {
  QElapsedTimer time;
  time.start();
  while (!done() && time.elapsed() < boundMs)
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
  return done();
}

// Until nothing is read, built or laid out any more.
inline bool settled(const present::AppContext& context) {
  if (!waitFor([&context] { return !context.busy(); })) return false;
  QCoreApplication::sendPostedEvents();
  // What is deleted later goes when an event loop returns, which is not here.
  QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  QCoreApplication::processEvents();
  return true;
}

}  // namespace rehearse::test
