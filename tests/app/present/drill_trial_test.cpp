// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/drill_trial.hpp"

#include <QSignalSpy>
#include <catch2/catch.hpp>

#include "app/present/drill_session.hpp"
#include "tests/app/qt_home.hpp"

using namespace rehearse;
using namespace rehearse::present;
using rehearse::test::waitFor;

namespace {

// Cases whose generator uses its seed, so that stress has something to look through.
QByteArray randomDrill() {
  return QByteArray(test::kDrill)
      .replace("case { name = \"zero\", args = { 0, 0 } }",
               "for i = 1, 20 do case { name = \"random \" .. i, "
               "args = { math.floor(2000 * rand.float()) - 1000, math.floor(2000 * rand.float()) - "
               "1000 } } end");
}

struct Trying {
  test::Product product;
  std::unique_ptr<AppContext> context;
  std::unique_ptr<DrillSession> session;
  std::unique_ptr<DrillTrial> trial;
  std::optional<judge::SubmissionReport> report;
  QString sentence, error;
  bool added = false, stopped = false;

  explicit Trying(const QByteArray& drill = test::kDrill) {
    test::writeFile(product.path("product/drills/warm-up/add-two.lua"), drill);
    context = product.open();
    session = std::make_unique<DrillSession>(*context);
    trial = std::make_unique<DrillTrial>(*context, *session);
    session->open("add-two");
    REQUIRE(waitFor([this] { return session->isOpen(); }));
    QObject::connect(trial.get(), &DrillTrial::inputRun, [this](const auto& got) { report = got; });
    QObject::connect(trial.get(), &DrillTrial::caseKept, [this](const QString& said, bool fresh) {
      sentence = said;
      added = fresh;
    });
    QObject::connect(trial.get(), &DrillTrial::stressed,
                     [this](const auto& found, const QString& said) {
                       report = found;
                       sentence = said;
                     });
    QObject::connect(trial.get(), &DrillTrial::failed,
                     [this](const QString& said) { error = said; });
    QObject::connect(trial.get(), &DrillTrial::stopped, [this] { stopped = true; });
  }
  void wait() {
    REQUIRE(trial->running());
    REQUIRE(
        waitFor([this] { return report || !sentence.isEmpty() || !error.isEmpty() || stopped; }));
  }
  judge::SubmissionReport submitted() {
    std::optional<judge::SubmissionReport> got;
    const auto link = QObject::connect(session.get(), &DrillSession::judged,
                                       [&](const auto& done, bool) { got = done; });
    session->submit();
    REQUIRE(waitFor([&] { return got.has_value(); }));
    QObject::disconnect(link);
    return *got;
  }
};

const char* kAdds = "function add(a, b) return a + b end";
const char* kFailsOnLarge = "function add(a, b) if a > 500 then return 0 end return a + b end";

}  // namespace

TEST_CASE("drill trial: an own input is answered beside the reference and recorded nowhere") {
  Trying trying;
  trying.session->textChanged("function add(a, b) print('here') return a - b end");
  trying.trial->runInput("5, 3");
  trying.wait();
  REQUIRE(trying.report);
  CHECK(trying.report->verdict == judge::Verdict::wrong_answer);
  REQUIRE(trying.report->first_failure);
  CHECK(trying.report->first_failure->expected_text == "8");
  CHECK(trying.report->first_failure->got_text == "2");
  CHECK(trying.report->cases[0].output.find("here") != std::string::npos);
  CHECK(trying.session->attempts().empty());
}

TEST_CASE("drill trial: the example that the line shows is an input") {
  Trying trying;
  trying.session->textChanged(kAdds);
  CHECK(trying.trial->exampleInput() == "args = { 1, 2 }");
  trying.trial->runInput(trying.trial->exampleInput());
  trying.wait();
  REQUIRE(trying.report);
  CHECK(trying.report->accepted());
}

TEST_CASE("drill trial: what is no input is told, and can be mended") {
  Trying trying;
  trying.session->textChanged(kAdds);
  trying.trial->runInput("5, ");
  trying.wait();
  CHECK_FALSE(trying.error.isEmpty());
  trying.error.clear();
  trying.trial->keepCase("5, {");
  trying.wait();
  CHECK_FALSE(trying.error.isEmpty());
}

TEST_CASE("drill trial: a kept case is judged with every submission, and kept once") {
  Trying trying;
  trying.session->textChanged(kFailsOnLarge);
  CHECK(trying.submitted().accepted());
  trying.trial->keepCase("name = \"large\", args = { 501, 1 }");
  trying.wait();
  INFO(trying.error.toStdString());
  CHECK(trying.added);
  CHECK(trying.sentence.contains("add-two.cases"));
  const judge::SubmissionReport report = trying.submitted();
  CHECK(report.verdict == judge::Verdict::wrong_answer);
  REQUIRE(report.cases.size() == 3);
  CHECK(report.cases[2].name == "own: large");
  trying.sentence.clear();
  trying.trial->keepCase("501,\n1");
  trying.wait();
  CHECK_FALSE(trying.added);
}

TEST_CASE("drill trial: stress finds a difference, shrinks it and keeps it as a case") {
  Trying trying(randomDrill());
  trying.session->textChanged(kFailsOnLarge);
  trying.trial->stress();
  trying.wait();
  INFO(trying.error.toStdString() << trying.sentence.toStdString());
  REQUIRE(trying.report);
  CHECK(trying.report->verdict == judge::Verdict::wrong_answer);
  REQUIRE(trying.report->first_failure);
  CHECK(trying.sentence.contains("Kept as a case"));
  const judge::SubmissionReport report = trying.submitted();
  CHECK(report.cases.back().name.starts_with("own: "));
  CHECK(report.cases.back().verdict == judge::Verdict::wrong_answer);
}

TEST_CASE("drill trial: stress of a right text says how much it looked at") {
  Trying trying(randomDrill());
  trying.session->textChanged(kAdds);
  trying.trial->stress(0.2);
  trying.wait();
  INFO(trying.error.toStdString());
  CHECK_FALSE(trying.report);
  CHECK(trying.sentence.contains("every answer was right"));
}

TEST_CASE("drill trial: stress is stopped at once, and another trial works") {
  Trying trying(randomDrill());
  trying.session->textChanged("function add(a, b) while true do end end");
  trying.trial->stress(1000);
  REQUIRE(trying.trial->running());
  trying.trial->stop();
  trying.wait();
  CHECK(trying.stopped);
  trying.stopped = false;
  trying.session->textChanged(kAdds);
  trying.trial->runInput("1, 1");
  trying.wait();
  CHECK(trying.report);
}
