// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/QueryLane.h"

#include <boost/asio/post.hpp>

namespace meteorograph {

Result<StoreReader *> QueryLane::reader() {
  if (m_reader && m_reader->isOutdated())
    m_reader.reset();
  if (!m_reader) {
    if (const Result<void> there = m_store.check(); !there)
      return tl::unexpected(there.error());
    Result<std::unique_ptr<StoreReader>> opened = StoreReader::open(m_store.path());
    if (!opened)
      return tl::unexpected(opened.error());
    m_reader = std::move(*opened);
  }
  return m_reader.get();
}

void QueryLane::add(std::uint64_t id, Job job) {
  const auto flag = std::make_shared<std::atomic<bool>>(false);
  {
    const std::lock_guard lock(m_mutex);
    if (m_stopped)
      return;
    m_flags[id] = flag;
  }
  boost::asio::post(m_pool, [this, id, flag, job = std::move(job)] {
    if (flag->load())
      job(fail(ErrorCode::Cancelled, "the query was withdrawn"), *flag);
    else
      job(reader(), *flag);
    const std::lock_guard lock(m_mutex);
    m_flags.erase(id);
  });
}

void QueryLane::cancel(std::uint64_t id) {
  const std::lock_guard lock(m_mutex);
  const auto found = m_flags.find(id);
  if (found != m_flags.end())
    found->second->store(true);
}

void QueryLane::stop() {
  {
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    for (const auto &[id, flag] : m_flags)
      flag->store(true);
  }
  m_pool.join();
  m_reader.reset(); // before the writer ends: the last connection tidies up, and a reader cannot
}

} // namespace meteorograph
