// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/endpoint/chat.hpp"

#include <QEventLoop>
#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>
#include <memory>

#include "engine/base/json.hpp"

namespace rehearse::endpoint {
namespace {

constexpr qsizetype kToldOfServer = 200;  // characters of what a server said that are repeated
constexpr int kTooMany = 429;

bool is_this_machine(const QString& host) {
  return host == "localhost" || QHostAddress(host).isLoopback();
}

std::string named(const QUrl& url) {
  return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment)
      .toStdString();
}

QUrl address_of(const ChatOptions& options) {
  QUrl url = options.url;
  QString path = url.path();
  while (path.endsWith('/')) path.chop(1);
  url.setPath(path + "/chat/completions");
  return url;
}

QByteArray body_of(const ChatOptions& options, const std::string& instructions,
                   const std::string& question) {
  const Json body = {{"model", options.model.toStdString()},
                     {"temperature", 0},
                     {"max_tokens", options.most_tokens},
                     {"stream", false},
                     {"messages", Json::array({{{"role", "system"}, {"content", instructions}},
                                               {{"role", "user"}, {"content", question}}})}};
  return QByteArray::fromStdString(body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

// The key must not come back in a message, whatever a server echoes.
std::string told_by(const QByteArray& said, const QByteArray& key) {
  QByteArray kept = said;
  if (!key.isEmpty()) kept.replace(key, "(the key)");
  return QString::fromUtf8(kept).simplified().left(kToldOfServer).toStdString();
}

tl::unexpected<Error> status_error(const std::string& where, int status, QNetworkReply& reply,
                                   const std::string& said) {
  if (status == 401 || status == 403)
    return fail(Code::io,
                "{}: the key was refused (status {}); put the right one into "
                "REHEARSE_ENDPOINT_KEY",
                where, status);
  if (status == 404)
    return fail(Code::io,
                "{}: nothing is there (status 404); an endpoint ends in its version, as "
                "https://host/v1. It said: {}",
                where, said);
  if (status == kTooMany) {
    const std::string wait = reply.rawHeader("Retry-After").left(40).toStdString();
    return fail(Code::io, "{}: too many questions (status 429); {}", where,
                wait.empty() ? "it did not say how long to wait"
                             : fmt::format("it asks to wait: {} (Retry-After)", wait));
  }
  if (status >= 300 && status < 400)
    return fail(Code::io,
                "{}: it points to another address (status {}); name that one with "
                "--endpoint if you trust it",
                where, status);
  return fail(Code::io, "{}: status {}; it said: {}", where, status,
              said.empty() ? "nothing" : said);
}

Result<std::string> answer_in(const std::string& where, const QByteArray& body,
                              const QByteArray& key) {
  const Json json = Json::parse(body.begin(), body.end(), nullptr, false);
  if (json.is_discarded())
    return fail(Code::bad_data, "{}: the answer is not JSON: {}", where, told_by(body, key));
  const auto choices = json.is_object() ? json.find("choices") : json.end();
  if (!json.is_object() || choices == json.end() || !choices->is_array() || choices->empty())
    return fail(Code::bad_data, "{}: the answer has no `choices`: {}", where, told_by(body, key));
  const Json& first = choices->front();
  const Json message = first.is_object() ? first.value("message", Json()) : Json();
  const Json content = message.is_object() ? message.value("content", Json()) : Json();
  if (!content.is_string())
    return fail(Code::bad_data, "{}: the answer has no text in `choices[0].message.content`: {}",
                where, told_by(body, key));
  return content.get<std::string>();
}

// How a reply ended, beside what it holds.
struct Ended {
  bool late = false, large = false;
};

Ended wait_for(QNetworkReply& reply, const ChatOptions& options, QByteArray& body) {
  Ended ended;
  QEventLoop loop;
  QTimer clock;
  clock.setSingleShot(true);
  QObject::connect(&clock, &QTimer::timeout, &reply, [&] {
    ended.late = true;
    reply.abort();
  });
  QObject::connect(&reply, &QNetworkReply::readyRead, &reply, [&] {
    body += reply.readAll();
    if (body.size() <= options.most_bytes) return;
    ended.large = true;
    reply.abort();
  });
  QObject::connect(&reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
  clock.start(options.timeout_ms);
  if (!reply.isFinished()) loop.exec();
  return ended;
}

}  // namespace

Result<void> check_chat(const ChatOptions& o) {
  const QString scheme = o.url.scheme();
  if (!o.url.isValid() || (scheme != "http" && scheme != "https") || o.url.host().isEmpty())
    return fail(Code::invalid_argument,
                "--endpoint {}: an address is due, as https://host/v1 or http://127.0.0.1:8080/v1",
                named(o.url));
  if (!o.url.userInfo().isEmpty() || o.url.hasQuery())
    return fail(Code::invalid_argument,
                "--endpoint {}: no names or keys in the address; the key is read from "
                "REHEARSE_ENDPOINT_KEY",
                named(o.url));
  if (!o.key.isEmpty() && scheme == "http" && !is_this_machine(o.url.host()))
    return fail(Code::invalid_argument,
                "--endpoint {}: the key would be sent in plain text; use https, or unset "
                "REHEARSE_ENDPOINT_KEY",
                named(o.url));
  if (o.model.isEmpty()) return fail(Code::invalid_argument, "--model: the model's name is due");
  return {};
}

Result<std::string> ask(const ChatOptions& options, const std::string& instructions,
                        const std::string& question) {
  if (auto fine = check_chat(options); !fine) return fail(fine.error());
  const QUrl url = address_of(options);
  const std::string where = named(url);
  QNetworkAccessManager manager;
  manager.setProxy(QNetworkProxy::NoProxy);
  QNetworkRequest request(url);
  request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                       QNetworkRequest::ManualRedirectPolicy);
  request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
  if (!options.key.isEmpty()) request.setRawHeader("Authorization", "Bearer " + options.key);
  const std::unique_ptr<QNetworkReply> reply(
      manager.post(request, body_of(options, instructions, question)));
  QByteArray body;
  const Ended ended = wait_for(*reply, options, body);
  if (ended.late)
    return fail(Code::io, "{}: no whole answer within {:g} s", where, options.timeout_ms / 1000.0);
  if (ended.large)
    return fail(Code::io, "{}: an answer of more than {} KB; given up", where,
                options.most_bytes >> 10);
  body += reply->readAll();
  const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  if (status >= 300) return status_error(where, status, *reply, told_by(body, options.key));
  if (reply->error() != QNetworkReply::NoError)
    return fail(Code::io, "{}: {}{}", where, reply->errorString().toStdString(),
                status ? " (the answer was cut off)" : "");
  if (const auto due = reply->header(QNetworkRequest::ContentLengthHeader);
      due.isValid() && due.toLongLong() > body.size())
    return fail(Code::io, "{}: the answer was cut off after {} of {} bytes", where, body.size(),
                due.toLongLong());
  return answer_in(where, body, options.key);
}

}  // namespace rehearse::endpoint
