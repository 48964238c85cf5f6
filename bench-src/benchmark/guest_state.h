/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef GUEST_STATE_H
#define GUEST_STATE_H

/*
 * Send a `state` record for each fact that Linux tells about itself. A fact
 * that the kernel does not have is left out. Mounts /proc and /sys when they
 * are not there, which takes the rights of a first program.
 */
void guest_state_send(void);

#endif
